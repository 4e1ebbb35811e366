/**
 * The part of the catalogue of error codes that is about single records: what people do with them and their identities in systems, and
 * writes of which a system never says what became of them.
 */
import type { ErrorDefinition } from './error-definition.js';

export const recordErrorCodes = {
  RECORD_WENT_BACK: {
    class: 'data',
    message:
      '{system} shows this record with an older version than the hub has taken in from there or written there: it was restored, or a clock was put back.',
    hint: 'Look there whether it is what you mean. A repair takes in what is shown now where records come from, and writes the record anew where the hub writes.',
  },
  WRITE_UNCONFIRMED: {
    class: 'data',
    message:
      '{system} never said what became of this record when it was written, and {times} times it was found unchanged.',
    hint: 'Look in {system} for what it cannot carry out with this record, and correct it there or where the record comes from; then replay.',
  },
  REFERENCE_ABSENT: {
    class: 'usage',
    message: '{system} has no {entity} {externalId}.',
    hint: 'Give the id that the system itself uses, not a number or code by which people know the record.',
  },
  REFERENCE_TAKEN: {
    class: 'usage',
    message: '{externalId} of {system} is another record of the hub already: {what}.',
    hint: 'Unlink that one first if it is wrong, or look which of the two records of the hub is meant.',
  },
  REFERENCE_KEPT: {
    class: 'usage',
    message: 'The record is {known} in {system}, so it cannot be {externalId} too.',
    hint: 'Unlink {known} first if it is wrong.',
  },
  REFERENCE_UNKNOWN: {
    class: 'usage',
    message: 'No record of the hub is linked with {externalId} of {system}.',
    hint: 'Read the record again; somebody may have unlinked it.',
  },
  REFERENCE_UNSUITABLE: {
    class: 'usage',
    message: '{system} has no records of the kind {entity} that could be linked.',
    hint: 'Link a record of a kind that its connector reads or writes.',
  },
  UNDO_PLAN_OUTDATED: {
    class: 'usage',
    message: 'Taking this back would not do what was shown: something has changed since.',
    hint: 'Nothing was put back. Look at the new plan, then take it back.',
  },
  UNDO_NOTHING: {
    class: 'usage',
    message: 'Nothing of this can be put back.',
    hint: 'The plan says why for each field.',
  },
  MOMENT_NOT_KEPT: {
    class: 'usage',
    message: 'What {id} held before {since} is not kept any more.',
    hint: 'Ask for a later moment.',
  },
  MOMENT_TOO_FAR: {
    class: 'usage',
    message: 'Since that moment {id} has changed more than {count} times.',
    hint: 'Ask for a later moment; the history of the record shows every change.',
  },
  RECORD_BEING_WRITTEN: {
    class: 'usage',
    message: 'The hub is writing this to {system} now, or does not know yet whether a write of it arrived.',
    hint: 'Try again when that is over; the state of the record says so.',
  },
  FLOW_BEING_WRITTEN: {
    class: 'usage',
    message: 'Writes of {count} records of the flow {flow} are still under way.',
    hint: 'Try again when their outcome is known.',
  },
  HOLD_OVER: {
    class: 'usage',
    message: 'The run holds nothing back any more.',
    hint: 'Look at the run again; somebody has released or dropped it, or its source has taken the change back.',
  },
  CUSTOMER_UNKNOWN: {
    class: 'usage',
    message: 'There is no customer {id}.',
    hint: 'The query customers lists them.',
  },
  ERASURE_NOT_CONFIRMED: {
    class: 'usage',
    message: 'What was typed to confirm is not {wanted}.',
    hint: 'Type the number of the customer, or the name, exactly as it stands there; nothing was changed.',
  },
  ERASURE_PLAN_OUTDATED: {
    class: 'usage',
    message: 'The customer, the orders or what the systems hold of them have changed since the plan was made.',
    hint: 'Look at the new plan and confirm that; nothing was changed.',
  },
  ERASURE_WRITE_UNDER_WAY: {
    class: 'environment',
    message: 'Writes of records of this customer to {systems} are still under way, so that nothing was removed.',
    hint: 'Start the erasure again when they are over. Until then the hub takes in nothing new about the customer.',
  },
  ERASURE_MERGED: {
    class: 'usage',
    message: 'Another customer stands for this one, so they are one person.',
    hint: 'Erase that customer: what was merged into it goes with it. If they are two people after all, take them apart first.',
  },
  MERGE_WITH_ITSELF: {
    class: 'usage',
    message: 'A customer is not merged with itself.',
    hint: 'Choose another customer beside this one.',
  },
  MERGE_ERASED: {
    class: 'usage',
    message:
      'One of the customers was erased or is being erased: nothing about them is merged or taken apart any more.',
    hint: 'Choose customers who were not erased.',
  },
  MERGE_INTO_MERGED: {
    class: 'usage',
    message: 'The customer that was to survive was merged into another one itself.',
    hint: 'Let that other one survive, or take the two apart first.',
  },
  MERGE_ALREADY: {
    class: 'usage',
    message: 'The customer was merged into another one already.',
    hint: 'Take the two apart first, or merge with the one that stands for it.',
  },
  MERGE_STANDS_FOR_OTHERS: {
    class: 'usage',
    message: 'Other customers were merged into this one.',
    hint: 'Let this one survive, or take those apart first.',
  },
  MERGE_GONE: {
    class: 'usage',
    message: 'The customer that was to survive is gone from every system.',
    hint: 'Let one survive that a system still has.',
  },
  MERGE_KINDS_DIFFER: {
    class: 'usage',
    message: 'A company and a person are not one customer.',
    hint: 'If one of them has the wrong kind, change that in the system where it comes from.',
  },
  MERGE_DEFAULT_CUSTOMER: {
    class: 'usage',
    message:
      'One of the customers is the default customer of a flow: orders of nobody in particular would become those of somebody.',
    hint: 'Merge with another customer, or name another default customer in the settings of the flow.',
  },
  MERGE_PLAN_OUTDATED: {
    class: 'usage',
    message: 'Merging would not do what was shown: the customers have changed since.',
    hint: 'Nothing was merged. Look at the new plan, then merge.',
  },
  MERGE_UNKNOWN: {
    class: 'usage',
    message: 'Nobody stands for this customer: there is nothing to take apart.',
    hint: 'Read the customer again; somebody may have taken it apart.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

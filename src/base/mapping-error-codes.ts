/** Codes about editing mappings, value lists and owners of fields; part of the catalogue in error-codes.ts. */
import type { ErrorDefinition } from './error-definition.js';

export const mappingErrorCodes = {
  FIELD_OWNER_INVALID: {
    class: 'usage',
    message: 'The owners cannot be set: {problems}',
    hint: 'Take fields from the list of owners, and keys of connected systems.',
  },
  FIELD_CONFLICT_UNKNOWN: {
    class: 'usage',
    message: 'There is no conflict {id}.',
    hint: 'Take an id from the list of conflicts.',
  },
  FIELD_CONFLICT_OVER: {
    class: 'usage',
    message: 'The conflict {id} is over already.',
    hint: 'Read it again to see how it ended.',
  },
  CLAIM_UNKNOWN: {
    class: 'usage',
    message: '{system} says nothing in the conflict {id}; {accepted} do.',
    hint: 'Take one of the systems that do, or give a value.',
  },
  FIELD_VALUE_INVALID: {
    class: 'usage',
    message: '{field} cannot hold this value: {what}.',
    hint: 'Give a value as the systems show it.',
  },
  MAPPING_UNKNOWN: {
    class: 'usage',
    message: 'There is no mapping {id}.',
    hint: 'Take an id or a key from the list of mappings.',
  },
  MAPPING_EXISTS: {
    class: 'usage',
    message: 'There is a mapping {key} already, or there was one.',
    hint: 'Choose another key: what was done by a mapping that is deleted is still explained by it.',
  },
  MAPPING_SHIPPED: {
    class: 'usage',
    message: 'The mapping {key} came with its connector and stays.',
    hint: 'Let the systems use one that you have made.',
  },
  MAPPING_IN_USE: {
    class: 'usage',
    message: 'The mapping {key} is used by {systems} for {flows}.',
    hint: 'Let them use another mapping first.',
  },
  MAPPING_CHOSEN: {
    class: 'usage',
    message: 'The mapping {key} is chosen for {systems}.',
    hint: 'Let them use another mapping first.',
  },
  MAPPING_OF_OTHER_KIND: {
    class: 'usage',
    message: 'The mapping {key} is not for {system}: it belongs to another kind of system.',
    hint: 'Take a mapping of the kind of the system.',
  },
  MAPPING_KIND_UNKNOWN: {
    class: 'usage',
    message: 'Systems of the kind {connector} have no single mapping for {kind}; there is: {known}.',
    hint: 'Take one of these; of several records of one kind, name the record.',
  },
  VALUE_LIST_UNKNOWN: {
    class: 'usage',
    message: 'There is no value list {id}.',
    hint: 'Take an id or a key from the list of value lists.',
  },
  VERSION_UNKNOWN: {
    class: 'usage',
    message: '{key} has no version {version}.',
    hint: 'Take a number from its versions.',
  },
  EDIT_OUTDATED: {
    class: 'usage',
    message: '{key} is at revision {found}, not at {expected} any more: somebody else has changed it.',
    hint: 'Read it again, and repeat your change if it is still wanted.',
  },
  NOTHING_TO_PUBLISH: {
    class: 'usage',
    message: '{key} has no changes that are not published.',
    hint: 'Change the draft first.',
  },
  MAPPING_INVALID: {
    class: 'usage',
    message: 'The mapping {key} cannot be used: {problems}.',
    hint: 'Correct the rules that are named; the draft is kept.',
  },
  VALUE_LIST_INVALID: {
    class: 'usage',
    message: 'The value list {key} cannot be used: {problems}.',
    hint: 'Correct the entries that are named; the draft is kept.',
  },
  VALUE_LIST_EXISTS: {
    class: 'usage',
    message: 'There is a value list {key} already.',
    hint: 'Choose another key, or change the list that is there.',
  },
  VALUE_LIST_IN_USE: {
    class: 'usage',
    message: 'The value list {key} is used by {mappings}.',
    hint: 'Take it out of these mappings first.',
  },
  IMPACT_INBOUND: {
    class: 'usage',
    message: 'What the inbound mapping {key} would do to all records is not known: their originals are not kept.',
    hint: 'Try it on records of problems, or publish it and read the system again.',
  },
  MAPPING_TEST_FAILED: {
    class: 'usage',
    message: 'Of the tests of {key} give another result: {names}.',
    hint: 'Look at the tests, correct the rules or the tests, or publish all the same with overrideFailedTests.',
  },
  MAPPING_TEST_UNKNOWN: {
    class: 'usage',
    message: 'There is no test {id} of a mapping.',
    hint: 'Take an id from the tests of the mapping.',
  },
  PLAN_OUTDATED: {
    class: 'usage',
    message: 'The analysis does not hold any more: {what}.',
    hint: 'Analyse again, and publish what that shows.',
  },
  JOB_UNKNOWN: {
    class: 'usage',
    message: 'There is no job {id} that could be ended.',
    hint: 'Take an id from the list of jobs; one that has ended cannot be cancelled.',
  },
} as const satisfies Record<string, ErrorDefinition>;

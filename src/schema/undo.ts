/** Taking changes back: what would happen, and what is asked for. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldChange } from './configuration-file.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Job } from './job.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';

/** Kinds of records of which changes can be taken back; canonical/undo.ts says why not those of others. */
export const undoableTypes: readonly string[] = ['PRODUCT', 'PRODUCT_VARIANT', 'CATEGORY', 'CUSTOMER'];

export const UndoDisposition = enumeration(
  'UndoDisposition',
  'What becomes of fields when a change of them is taken back.',
  ['REVERSE', 'SKIP_CHANGED_SINCE', 'IRREVERSIBLE'],
  {
    REVERSE: 'They are put back.',
    SKIP_CHANGED_SINCE: 'Somebody has changed them since; they are left alone.',
    IRREVERSIBLE: 'The hub cannot put them back; the message says why.',
  },
);

@InputType({ description: 'Changes that are taken back.' })
export class UndoSelection {
  @Field(() => [ID], { description: 'Events in which the hub took over a change, at most 25, each of another record.' })
  eventIds!: string[];
}

@ObjectType({ description: 'Fields of one change that are dealt with alike.', simpleResolvers: true })
export class UndoItem {
  eventId!: string;

  @Field(() => UndoDisposition, { description: 'What becomes of them.' })
  disposition!: ValueOf<typeof UndoDisposition>;

  @Field(() => [FieldChange], {
    description:
      'What the fields hold now, and what they held before the change. Empty when nothing of the change counts.',
  })
  changes!: readonly FieldChange[];

  @Field(() => String, { nullable: true, description: 'Why they are not put back; null when there is nothing to say.' })
  message!: string | null;

  toldKeys!: readonly string[];
}

@ObjectType({ description: 'What taking changes back would do now.', simpleResolvers: true })
export class UndoPlan {
  @Field(() => String, { description: 'Send it with undoStart, which does exactly this or refuses.' })
  planHash!: string;

  @Field(() => Int, { description: 'Fields that are put back.' })
  reversible!: number;

  @Field(() => Int, { description: 'Fields that somebody has changed since.' })
  changedSince!: number;

  @Field(() => Int, { description: 'Fields that the hub cannot put back.' })
  irreversible!: number;

  @Field(() => [UndoItem], { description: 'What becomes of the fields of each change.' })
  items!: readonly UndoItem[];
}

@InputType({ description: 'Takes changes back as a plan has said.' })
export class UndoStartInput {
  @Field(() => UndoSelection)
  selection!: UndoSelection;

  @Field(() => String, { description: 'Of the plan that was shown; another one is refused with VERSION_CONFLICT.' })
  planHash!: string;

  @Field(() => String, { description: 'Why; stands in the history of the record, with the job and in the audit.' })
  reason!: string;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Result of undoStart.', simpleResolvers: true })
export class UndoStartPayload extends Payload {
  @Field(() => Job, { nullable: true })
  job!: Job | null;
}

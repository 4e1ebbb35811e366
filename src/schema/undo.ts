/** Taking changes back: what would happen, and what is asked for. */
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Json } from '../base/document.js';
import { enumeration, type ValueOf } from './enumeration.js';
import { Job } from './job.js';
import { SyncEventFilter } from './operation-filters.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { JsonValue } from './scalars.js';
import type { SpokenAbout } from './sync-event.js';

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

@InputType({ description: 'A version of a mapping that is, or was, in use.' })
export class PublishedVersion {
  @Field(() => ID)
  mappingId!: string;

  @Field(() => Int, { description: 'Number of the version.' })
  version!: number;
}

@InputType({ description: 'Changes that are taken back: exactly one way of naming them.' })
export class UndoSelection {
  @Field(() => [ID], { nullable: true, description: 'Events in which the hub took over a change, at most 500.' })
  eventIds?: string[];

  @Field(() => SyncEventFilter, {
    nullable: true,
    description:
      'All changes among the events that it finds; it says from when on (`occurredAt`) or of which record or change.',
  })
  filter?: SyncEventFilter;

  @Field(() => ID, {
    nullable: true,
    description: 'Everything that came in with a run of a flow, once it has ended: what its source had changed.',
  })
  runId?: string;

  @Field(() => PublishedVersion, {
    nullable: true,
    description: 'Everything that was taken in by the rules of a version of a mapping.',
  })
  mappingVersion?: PublishedVersion;

  @Field(() => ID, {
    nullable: true,
    description: 'Everything that a job of kind UNDO has put back, once it has ended.',
  })
  jobId?: string;
}

@ObjectType({ description: 'A field that is put back, or is not.', simpleResolvers: true })
export class UndoChange {
  @Field(() => String, { description: 'Name of the field.' })
  path!: string;

  @Field(() => String, { nullable: true, description: 'What people call it; null when it has no such name.' })
  label!: string | null;

  @Field(() => JsonValue, { nullable: true, description: 'What it holds now; null when it is empty.' })
  before!: Json;

  @Field(() => JsonValue, { nullable: true, description: 'What it held before the first of the changes.' })
  after!: Json;

  /** Kind of the record, as mappings call it. */
  about!: SpokenAbout;
}

@ObjectType({ description: 'Fields of one record that are dealt with alike.', simpleResolvers: true })
export class UndoItem {
  eventId!: string;

  @Field(() => Int, { description: 'How many of the changes that are taken back were changes of this record.' })
  changeCount!: number;

  @Field(() => UndoDisposition, { description: 'What becomes of them.' })
  disposition!: ValueOf<typeof UndoDisposition>;

  @Field(() => [UndoChange], {
    description:
      'What the fields hold now, and what they held before the first of the changes. Empty when nothing of the record counts.',
  })
  changes!: readonly UndoChange[];

  @Field(() => String, {
    nullable: true,
    description: 'Why they are not put back, or what has to be known; null when there is nothing to say.',
  })
  message!: string | null;

  toldKeys!: readonly string[];
}

@ObjectType({
  description: 'Records, each counted by the best that becomes of one of its fields.',
  simpleResolvers: true,
})
export class UndoRecordCounts {
  @Field(() => Int, { description: 'Records that the changes are about.' })
  total!: number;

  @Field(() => Int, {
    description:
      'Those that the plan has looked at. When there are more, the others are judged while they are put back.',
  })
  judged!: number;

  @Field(() => Int, { description: 'Something of them is put back.' })
  reversible!: number;

  @Field(() => Int, { description: 'Left alone, because somebody has changed them since.' })
  changedSince!: number;

  @Field(() => Int, { description: 'The hub cannot put anything of them back.' })
  irreversible!: number;

  @Field(() => Int, { description: 'They hold already what they held before.' })
  unchanged!: number;
}

@ObjectType({ description: 'A system that is told what is put back.', simpleResolvers: true })
export class UndoSystemCount {
  systemKey!: string;

  @Field(() => Int, { description: 'Records that it is told of.' })
  records!: number;
}

@ObjectType({ description: 'Why something is not put back.', simpleResolvers: true })
export class UndoReason {
  @Field(() => String)
  message!: string;

  @Field(() => Int, { description: 'Records of which that holds.' })
  records!: number;
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

  @Field(() => UndoRecordCounts, { description: 'The same by records.' })
  records!: UndoRecordCounts;

  @Field(() => [UndoSystemCount], { description: 'Which systems are told, of how many records.' })
  systems!: readonly UndoSystemCount[];

  @Field(() => [UndoReason], { description: 'Why something is not put back; the most frequent reason first.' })
  reasons!: readonly UndoReason[];

  @Field(() => [String], { description: 'What would keep it from lasting, in sentences.' })
  warnings!: readonly string[];

  @Field(() => [UndoItem], {
    description:
      'What becomes of the fields of each record: at most 50 items of each disposition, in the order in which the records were changed.',
  })
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

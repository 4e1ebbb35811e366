/** Words that drafts and versions of mappings and value lists share. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { enumeration } from './enumeration.js';

export const VersionState = enumeration('VersionState', 'Where a version stands.', [
  'DRAFT',
  'PUBLISHED',
  'SUPERSEDED',
]);
export const ChangeKind = enumeration('ChangeKind', 'How something differs.', ['ADDED', 'REMOVED', 'CHANGED']);
export const AfterPublish = enumeration(
  'AfterPublish',
  'What a publication does with records of the past.',
  ['APPLY_TO_NEW', 'REPLAY_DEAD_LETTERS', 'BACKFILL_CHANGED'],
  {
    APPLY_TO_NEW: 'Nothing: it holds from the next change of each record on.',
    REPLAY_DEAD_LETTERS: 'Problems that it is the cause of are tried again.',
    BACKFILL_CHANGED: 'Every record that comes out differently is sent again.',
  },
);

@InputType({ description: 'A mapping or a value list as somebody has seen it.' })
export class DraftEdit {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The `draftRevision` that was read; another one is refused with VERSION_CONFLICT.' })
  expectedRevision!: number;
}

@InputType({ description: 'Makes an earlier version the one in use, as a new version.' })
export class RollbackInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  toVersion!: number;

  @Field(() => String)
  note!: string;
}

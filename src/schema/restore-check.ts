/** Checks after a restore: which flows were compared since the database was restored, and may write again. */
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { enumeration } from './enumeration.js';
import { Payload } from './payloads.js';
import { repeatable } from './repeatable.js';
import { DateTime } from './scalars.js';

export const RestoreCause = enumeration(
  'RestoreCause',
  'How it is known that the database was restored.',
  ['DATABASE_COPIED', 'SERVER_CHANGED', 'SERVER_RECOVERED', 'FILES_COPIED', 'ASKED'],
  {
    DATABASE_COPIED: 'It is another database than at the last start: a dump was read into it, or it is a copy.',
    SERVER_CHANGED: 'It is on another server than at the last start.',
    SERVER_RECOVERED: 'The server was recovered to a moment, or a standby took over.',
    FILES_COPIED: 'The files of the server were copied back.',
    ASKED: 'Somebody said so.',
  },
);

export const RestoreFlowState = enumeration(
  'RestoreFlowState',
  'How far the check of a flow is.',
  ['WAITING', 'READING', 'LOOKING', 'COMPARED', 'SKIPPED'],
  {
    WAITING: 'It waits for its turn, until its systems answer, or until it is resumed. Nothing is written.',
    READING: 'Both systems are read, and what was missed is taken in. Nothing is written.',
    LOOKING: 'The target is asked for records that would be made. Nothing is written.',
    COMPARED: 'It was compared and writes again.',
    SKIPPED: 'Somebody let it write without having been compared.',
  },
);

@ObjectType({ description: 'A flow in a check after a restore.', simpleResolvers: true })
export class RestoreCheckFlow {
  @Field(() => RestoreFlowState)
  state!: string;

  @Field(() => Int, { description: 'Records that both systems have shown so far.' })
  readCount!: number;

  @Field(() => Int, {
    description: 'Records that had changed since the database was saved; known when the flow was compared.',
  })
  takenInCount!: number;

  @Field(() => Int, {
    description: 'Records of the target that the hub did not know to be there, and has linked; known then, too.',
  })
  foundCount!: number;

  @Field(() => Int, {
    description: 'Writes that were held for a person, because nothing explains what the target holds.',
  })
  heldCount!: number;

  @Field(() => String, { nullable: true, description: 'Why it could not be compared yet; it is tried again.' })
  error!: string | null;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;

  flowKey!: string;
}

@ObjectType({
  description:
    'What the hub does after its database was restored: nothing is written to the target of a flow before that was compared.',
  simpleResolvers: true,
})
export class RestoreCheck {
  @Field(() => RestoreCause, { description: 'How it is known.' })
  cause!: string;

  @Field(() => DateTime)
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null while flows have not been compared.' })
  finishedAt!: Date | null;

  @Field(() => Int, { description: 'Flows that write again.' })
  doneCount!: number;

  @Field(() => Int, { description: 'Flows that were in use in the restored database.' })
  flowCount!: number;

  @Field(() => [RestoreCheckFlow], { description: 'In the order in which they are compared.' })
  flows!: readonly RestoreCheckFlow[];

  startedById!: string;
}

@InputType({ description: 'That the database was restored.' })
export class RestoreCheckStartInput {
  @Field(() => String, { nullable: true, description: 'Why, for the audit.' })
  reason?: string | null;

  @Field(() => String, repeatable)
  idempotencyKey?: string | null;
}

@InputType({ description: 'That flows need not be compared.' })
export class RestoreCheckSkipInput {
  @Field(() => String, { nullable: true, description: 'Why, for the audit.' })
  reason?: string | null;
}

@ObjectType({ description: 'A check that was started, or ended.', simpleResolvers: true })
export class RestoreCheckPayload extends Payload {
  @Field(() => RestoreCheck, { nullable: true, description: 'As it is now; null when there never was one.' })
  restoreCheck!: RestoreCheck | null;
}

/** Flows, how far they have come, and their runs. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import { enumeration } from './enumeration.js';
import { DateTime, Duration } from './scalars.js';
import { Node } from './syncable.js';
import { ChangeDetection, EntityType } from './system.js';

export const FlowState = enumeration(
  'FlowState',
  'Whether a flow works.',
  ['DRAFT', 'ENABLED', 'PAUSED', 'SUSPENDED', 'DISABLED'],
  { SUSPENDED: 'Stopped by the hub: too many failures or the system is unreachable.' },
);
export const ScheduleKind = enumeration('ScheduleKind', 'When a flow runs.', [
  'INTERVAL',
  'CRON',
  'ON_EVENT',
  'MANUAL',
]);
export const RunTrigger = enumeration('RunTrigger', 'What started a run.', [
  'SCHEDULE',
  'MANUAL',
  'WEBHOOK',
  'BACKFILL',
  'REPLAY',
]);
export const RunStatus = enumeration(
  'RunStatus',
  'How a run stands.',
  ['QUEUED', 'RUNNING', 'HELD', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'],
  {
    HELD: 'Waits for a person because the write guard found it unusual.',
    PARTIAL: 'Ended, but some records failed.',
    FAILED: 'Ended, and all records failed.',
  },
);

@ObjectType({ description: 'When a flow runs.', simpleResolvers: true })
export class Schedule {
  @Field(() => ScheduleKind)
  kind!: string;

  @Field(() => Duration, { nullable: true })
  every!: string | null;

  @Field(() => String, { description: 'The same in words.' })
  summary!: string;

  @Field(() => DateTime, { nullable: true })
  nextRunAt!: Date | null;
}

@ObjectType({ description: 'Records counted by what happened to them.', simpleResolvers: true })
export class SyncCounts {
  @Field(() => Int)
  read!: number;

  @Field(() => Int)
  created!: number;

  @Field(() => Int)
  updated!: number;

  @Field(() => Int)
  deleted!: number;

  @Field(() => Int)
  unchanged!: number;

  @Field(() => Int)
  excluded!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  blocked!: number;
}

@ObjectType({
  description: 'Moves one kind of record from one system to another through the hub.',
  implements: Node,
  simpleResolvers: true,
})
export class Flow extends Node {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  key!: string;

  @Field(() => EntityType)
  entityType!: string;

  @Field(() => FlowState)
  state!: string;

  @Field(() => String, { nullable: true })
  stateReason!: string | null;

  @Field(() => DateTime)
  stateSince!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When a paused flow goes on by itself; null when somebody has to resume it, and while it is not paused.',
  })
  pausedUntil!: Date | null;

  @Field(() => Schedule)
  schedule!: Schedule;

  @Field(() => Int)
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  /** As stored; the graph shows it with the defaults filled in. */
  storedSettings!: Document;
  entity!: string;
  sourceKey!: string;
  targetKey!: string;
}

@ObjectType({ description: 'One piece of work of a flow.', implements: Node, simpleResolvers: true })
export class FlowRun extends Node {
  @Field(() => RunTrigger)
  trigger!: string;

  @Field(() => RunStatus)
  status!: string;

  @Field(() => DateTime)
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  durationMs!: number | null;

  @Field(() => SyncCounts)
  counts!: SyncCounts;

  flowKey!: string;
}

@ObjectType({ description: 'How far a flow has come.', simpleResolvers: true })
export class SyncState {
  @Field(() => String, { nullable: true, description: "The system's own position, opaque to clients." })
  marker!: string | null;

  @Field(() => ChangeDetection)
  markerKind!: string;

  @Field(() => DateTime, { nullable: true })
  markerAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why a system is not read on for the flow until a person decides with flowMarkerReset; null while everything is read.',
  })
  stoppedBecause!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A stream that is read for the flow and has failed for five minutes or longer although its system answers, since when and why; or since when changes of a system that is read for it have waited without being taken in, for as long. The hub goes on trying.',
  })
  failingBecause!: string | null;

  @Field(() => Duration, { nullable: true, description: 'Age of the oldest change that was not delivered.' })
  lag!: string | null;

  @Field(() => Int, { nullable: true })
  lagSeconds!: number | null;

  @Field(() => DateTime, { nullable: true })
  lastSuccessAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  nextRunAt!: Date | null;

  @Field(() => Int)
  consecutiveFailures!: number;

  flow!: Flow;
  pendingCount!: number;
  lastRunRow!: FlowRun | null;
}

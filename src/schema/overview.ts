/** What is going on, at one glance. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Flow, SyncCounts, SyncState } from './flow.js';
import { DateTime } from './scalars.js';
import { SyncOutcome } from './sync-event.js';
import { System } from './system.js';

@ObjectType({ description: 'What happened within a piece of time.', simpleResolvers: true })
export class ActivityBucket {
  @Field(() => DateTime, { description: 'Its first moment.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The first moment after it.' })
  to!: Date;

  @Field(() => SyncCounts, { description: 'Sums over the runs that started in it.' })
  counts!: SyncCounts;

  @Field(() => Int, {
    nullable: true,
    description: 'How long 95 of 100 writes took at most, in milliseconds; null when nothing was written.',
  })
  durationP95Ms!: number | null;
}

@ObjectType({ description: 'How many events ended so.', simpleResolvers: true })
export class SyncOutcomeCount {
  @Field(() => SyncOutcome)
  outcome!: string;

  @Field(() => Int, { description: 'Events that ended so.' })
  count!: number;
}

@ObjectType({ description: 'Events of the activity log within a piece of time.', simpleResolvers: true })
export class SyncEventBucket {
  @Field(() => DateTime, { description: 'Its first moment.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The first moment after it.' })
  to!: Date;

  @Field(() => [SyncOutcomeCount], { description: 'How they ended; only what occurred.' })
  counts!: readonly SyncOutcomeCount[];
}

@ObjectType({
  description: 'What is going on: systems, flows, what needs somebody, what happened.',
  simpleResolvers: true,
})
export class Overview {
  @Field(() => [System], { description: 'All connected systems.' })
  systems!: readonly System[];

  @Field(() => [Flow], { description: 'All flows.' })
  flows!: readonly Flow[];

  @Field(() => Int, { description: 'Problems that wait for a person.' })
  openDeadLetters!: number;

  @Field(() => Int, { description: 'Fields on which systems do not agree and about which a person has to decide.' })
  openFieldConflicts!: number;

  @Field(() => Int, { description: 'Alerts that nobody has acknowledged or snoozed and that go on.' })
  firingAlerts!: number;

  @Field(() => SyncState, { nullable: true, description: 'Of the flow that is furthest behind; null when none is.' })
  worstLag!: SyncState | null;

  @Field(() => SyncCounts, { description: 'Sums over the runs that started within the window.' })
  counts!: SyncCounts;

  @Field(() => SyncCounts, { description: 'The same of the window before it.' })
  previousCounts!: SyncCounts;

  @Field(() => [ActivityBucket], { description: 'The window in 24 pieces, the oldest first.' })
  activity!: readonly ActivityBucket[];
}

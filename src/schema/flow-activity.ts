/** What a flow did in a piece of time. */
import { Field, Int, ObjectType } from 'type-graphql';
import { SyncCounts } from './flow.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'What a flow did within a piece of time.', simpleResolvers: true })
export class FlowActivity {
  @Field(() => DateTime, { description: 'Its first moment.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The first moment after it.' })
  to!: Date;

  @Field(() => Int, { description: 'Runs that started in it.' })
  runCount!: number;

  @Field(() => Int, { description: 'Those of them that failed.' })
  failedRunCount!: number;

  @Field(() => SyncCounts, { description: 'Sums over the runs that started in it.' })
  counts!: SyncCounts;
}

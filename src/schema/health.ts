/** How the hub itself is doing, for people. */
import { Field, ObjectType } from 'type-graphql';
import { enumeration } from './enumeration.js';
import { DateTime } from './scalars.js';
import { CheckResult } from './system.js';

export const HealthStatus = enumeration('HealthStatus', 'How the hub is doing.', ['OK', 'DEGRADED', 'DOWN']);

@ObjectType({ description: 'How the hub itself is doing.', simpleResolvers: true })
export class Health {
  @Field(() => HealthStatus)
  status!: string;

  @Field(() => String)
  version!: string;

  @Field(() => DateTime)
  startedAt!: Date;

  @Field(() => [CheckResult])
  checks!: readonly CheckResult[];
}

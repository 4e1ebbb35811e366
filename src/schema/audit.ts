/** Who did what through the API, and what the caller may still ask for. */
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Document } from '../base/document.js';
import { ApiKey } from './access.js';
import { DateTimeFilter, StringFilter } from './filters.js';
import { connectionOf } from './page.js';
import { DateTime, JsonObject } from './scalars.js';
import { Node, typeOfId } from './syncable.js';
import { User } from './user.js';

const optional = { nullable: true } as const;

@ObjectType({ description: 'A part of the hub that acts by itself.', simpleResolvers: true })
export class SystemProcess {
  @Field(() => String)
  name!: string;
}

export const Actor = createUnionType({
  name: 'Actor',
  description: 'Who acts: a person, a program with a key, or the hub itself.',
  types: () => [User, ApiKey, SystemProcess] as const,
  resolveType: (value) => ('id' in value ? typeOfId(value.id) : 'SystemProcess'),
});

@ObjectType({
  description: 'Something that was done through the API, or by the hub itself to what people have set.',
  implements: Node,
  simpleResolvers: true,
})
export class AuditEntry extends Node {
  @Field(() => DateTime)
  at!: Date;

  @Field(() => String, { description: 'Name of the mutation; `flowSuspend` for what only the hub does.' })
  action!: string;

  @Field(() => String, { nullable: true, description: 'Type of what it was about; null when it was no single record.' })
  subjectType!: string | null;

  @Field(() => ID, { description: 'What it was about: an id, or in words.' })
  subjectId!: string;

  @Field(() => JsonObject, {
    description: 'What was asked and what came of it; never secrets. `changes` has values before and after by field.',
  })
  detail!: Document;

  @Field(() => String, { nullable: true, description: 'Why, when a reason was given.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the request, as errors and the log name it.' })
  requestId!: string | null;

  @Field(() => String, optional)
  ipAddress!: string | null;

  @Field(() => String, optional)
  userAgent!: string | null;

  actorId!: string;
}

export const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntry);

@InputType({ description: 'Which entries; all conditions that are given must hold.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the user or key; `hub` for the hub itself.' })
  actorId?: string | null;

  @Field(() => StringFilter, optional)
  action?: StringFilter | null;

  @Field(() => [String], optional)
  subjectType?: string[] | null;

  @Field(() => ID, optional)
  subjectId?: string | null;

  @Field(() => DateTimeFilter, optional)
  at?: DateTimeFilter | null;
}

@ObjectType({
  description: "The caller's budget: points, which operations cost and which come back with time.",
  simpleResolvers: true,
})
export class RateLimit {
  @Field(() => Int, { description: 'Points of a full budget.' })
  limit!: number;

  @Field(() => Int, { description: 'Points that are left after this request.' })
  remaining!: number;

  @Field(() => Int, { description: 'What this request costs.' })
  cost!: number;

  @Field(() => Int, { description: 'Points that come back every second.' })
  restoreRate!: number;

  @Field(() => DateTime, { description: 'When the budget is full again if nothing is asked until then.' })
  resetsAt!: Date;
}

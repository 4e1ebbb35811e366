/** Lists that can grow: Relay connections with `edges`, `nodes`, `pageInfo` and a count that is made only when asked for. */
import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';

export const pageLimit = 100;
export const pageDefault = 25;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `From the start or after the cursor; 1 to ${pageLimit}.` })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `From the end or before the cursor; 1 to ${pageLimit}.` })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;
}

export const CountPrecision = enumeration('CountPrecision', 'How exact a count is.', ['EXACT', 'AT_LEAST', 'AT_MOST'], {
  AT_LEAST: 'There are at least this many (the count was capped).',
  AT_MOST: 'There are at most this many (a difference of sync markers counts changes, not records).',
});

@ObjectType({
  description: 'A count that may be capped, so that asking for it never scans a log table.',
  simpleResolvers: true,
})
export class Count {
  @Field(() => Int)
  value!: number;

  @Field(() => CountPrecision)
  precision!: ValueOf<typeof CountPrecision>;
}

@ObjectType({ description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** A page of a list as resolvers return it; `totalCount` runs its statement when the field is selected. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<Count>;
}

/** The connection type of a record type: `connectionOf('Product', () => Product)` makes ProductEdge and ProductConnection. */
export function connectionOf(name: string, node: () => ClassType | object): ClassType<object> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} records.`, simpleResolvers: true })
  class ConnectionType {
    @Field(() => [Edge])
    edges!: readonly Edge[];

    @Field(() => [node()])
    nodes!: readonly object[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Count)
    totalCount!: () => Promise<Count>;
  }
  return ConnectionType;
}

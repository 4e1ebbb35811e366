/** A comparison as its page has been told of it. */
import type { ComparisonPageQuery } from '../../graph/graphql.ts';

export type ShownComparison = NonNullable<ComparisonPageQuery['reconciliation']>;

/** A flow as its page has been told of it. */
import type { FlowsPageQuery } from '../../graph/graphql.ts';

export type SeenFlow = NonNullable<FlowsPageQuery['flow']>;

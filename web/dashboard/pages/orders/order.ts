/** An order as its page has asked for it. */
import type { OrderDetailQuery } from '../../graph/graphql.ts';

export type Order = Extract<OrderDetailQuery['node'], { __typename: 'Order' }>;

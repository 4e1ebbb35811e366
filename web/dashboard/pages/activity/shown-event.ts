/** An event as its page asks for it. */
import type { EventPageQuery } from '../../graph/graphql.ts';

export type ShownEvent = NonNullable<EventPageQuery['syncEvent']>;

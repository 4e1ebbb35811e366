/** What the overview has been told. */
import type { OverviewPageQuery } from '../../graph/graphql.ts';

export type Seen = OverviewPageQuery['overview'];

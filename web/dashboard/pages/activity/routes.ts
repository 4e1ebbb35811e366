/** `/activity`, `/events/$eventId`. What is filtered by stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { eventTabOf, filtersOf, type ActivityFilters } from './filters.ts';

export const activityRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/activity',
    validateSearch: (search: Record<string, unknown>): ActivityFilters => filtersOf(search),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/events/$eventId',
    validateSearch: onlyKnown(({ tab }) => eventTabOf(tab)),
    component: lazyRouteComponent(() => import('./event-page.tsx'), 'EventPage'),
  }),
] as const;

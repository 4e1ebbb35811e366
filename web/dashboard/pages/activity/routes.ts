/** `/activity`, `/events/$eventId`. What is filtered by stands in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { eventTabOf, filtersOf, type ActivityFilters } from './filters.ts';

export const activityRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/activity',
    validateSearch: (search: Record<string, unknown>): ActivityFilters => filtersOf(search),
    component: lazyPage(() => import('./page.tsx'), 'ActivityPage', [
      'activity',
      'dataExport',
      'records',
      'undo',
      'views',
    ]),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/events/$eventId',
    validateSearch: onlyKnown(({ tab }) => eventTabOf(tab)),
    component: lazyPage(() => import('./event-page.tsx'), 'EventPage', ['activity', 'records', 'undo']),
  }),
] as const;

/** `/comparisons`, `/comparisons/$comparisonId`. What is shown of a comparison, and the repair that goes on, stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './search.ts';

export const comparisonsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons',
    component: lazyRouteComponent(() => import('./page.tsx'), 'ComparisonsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons/$comparisonId',
    validateSearch: onlyKnown(readSearch),
    component: lazyRouteComponent(() => import('./comparison-page.tsx'), 'ComparisonPage'),
  }),
] as const;

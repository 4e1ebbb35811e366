/** `/comparisons`, `/comparisons/$comparisonId`. What is shown of a comparison, and the repair that goes on, stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { readSearch, type ComparisonSearch } from './search.ts';

export const comparisonsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons',
    component: lazyRouteComponent(() => import('./page.tsx'), 'ComparisonsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons/$comparisonId',
    validateSearch: (given: Record<string, unknown>): ComparisonSearch => readSearch(given),
    component: lazyRouteComponent(() => import('./comparison-page.tsx'), 'ComparisonPage'),
  }),
] as const;

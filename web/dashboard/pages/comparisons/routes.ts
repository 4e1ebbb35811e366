/** `/comparisons`, `/comparisons/$comparisonId`. What is shown of a comparison, and the repair that goes on, stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './search.ts';

export const comparisonsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons',
    component: lazyPage(() => import('./page.tsx'), 'ComparisonsPage', ['comparisons', 'jobs']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/comparisons/$comparisonId',
    validateSearch: onlyKnown(readSearch),
    component: lazyPage(() => import('./comparison-page.tsx'), 'ComparisonPage', [
      'comparisons',
      'dataExport',
      'jobs',
      'records',
    ]),
  }),
] as const;

/** `/jobs`, `/jobs/$jobId`. Filter and place in the list stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { jobsSearch } from './search.ts';

export const jobsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs',
    validateSearch: onlyKnown(jobsSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs/$jobId',
    component: lazyRouteComponent(() => import('./job-page.tsx'), 'JobPage'),
  }),
] as const;

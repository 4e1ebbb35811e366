/** `/jobs`, `/jobs/$jobId`. Filter and place in the list stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { jobsSearch, type JobsSearch } from './search.ts';

export const jobsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs',
    validateSearch: (search: Record<string, unknown>): JobsSearch => jobsSearch(search),
    component: lazyRouteComponent(() => import('./page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs/$jobId',
    component: lazyRouteComponent(() => import('./job-page.tsx'), 'JobPage'),
  }),
] as const;

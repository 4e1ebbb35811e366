/** `/jobs`, `/jobs/$jobId`. Filter and place in the list stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { jobsSearch } from './search.ts';

export const jobsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs',
    validateSearch: onlyKnown(jobsSearch),
    component: lazyPage(() => import('./page.tsx'), 'JobsPage', ['jobs']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/jobs/$jobId',
    component: lazyPage(() => import('./job-page.tsx'), 'JobPage', ['jobs', 'records', 'undo']),
  }),
] as const;

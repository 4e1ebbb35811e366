/** `/problems`, `/problems/$problemId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { readSearch, type ProblemSearch } from './filters.ts';

export const problemsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems',
    validateSearch: (given: Record<string, unknown>): ProblemSearch => readSearch(given),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ProblemsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems/$problemId',
    component: lazyRouteComponent(() => import('./problem-page.tsx'), 'ProblemPage'),
  }),
] as const;

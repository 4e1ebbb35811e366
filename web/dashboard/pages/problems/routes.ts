/** `/problems`, `/problems/$problemId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './filters.ts';

export const problemsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems',
    validateSearch: onlyKnown(readSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ProblemsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems/$problemId',
    component: lazyRouteComponent(() => import('./problem-page.tsx'), 'ProblemPage'),
  }),
] as const;

/** `/problems`, `/problems/$problemId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './filters.ts';

export const problemsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems',
    validateSearch: onlyKnown(readSearch),
    component: lazyPage(() => import('./page.tsx'), 'ProblemsPage', ['dataExport', 'problems', 'records', 'views']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/problems/$problemId',
    component: lazyPage(() => import('./problem-page.tsx'), 'ProblemPage', ['problems', 'records']),
  }),
] as const;

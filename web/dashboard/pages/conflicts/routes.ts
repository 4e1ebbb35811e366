/** `/conflicts`. What is filtered by stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { readSearch, type ConflictSearch } from './search.ts';

export const conflictsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/conflicts',
    validateSearch: (given: Record<string, unknown>): ConflictSearch => readSearch(given),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ConflictsPage'),
  }),
] as const;

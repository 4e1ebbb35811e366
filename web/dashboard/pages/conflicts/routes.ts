/** `/conflicts`. What is filtered by stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './search.ts';

export const conflictsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/conflicts',
    validateSearch: onlyKnown(readSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ConflictsPage'),
  }),
] as const;

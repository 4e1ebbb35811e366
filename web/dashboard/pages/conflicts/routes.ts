/** `/conflicts`. What is filtered by stands in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './search.ts';

export const conflictsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/conflicts',
    validateSearch: onlyKnown(readSearch),
    component: lazyPage(() => import('./page.tsx'), 'ConflictsPage', ['conflicts', 'customers', 'products']),
  }),
] as const;

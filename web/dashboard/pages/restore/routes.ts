/** `/restore`: the check of all flows after the database was restored. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';

export const restoreRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/restore',
    component: lazyPage(() => import('./page.tsx'), 'RestorePage', ['restore']),
  }),
] as const;

/** `/restore`: the check of all flows after the database was restored. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';

export const restoreRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/restore',
    component: lazyRouteComponent(() => import('./page.tsx'), 'RestorePage'),
  }),
] as const;

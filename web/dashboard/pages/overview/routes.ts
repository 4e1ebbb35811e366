/** `/`: the overview. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./page.tsx'), 'OverviewPage'),
  }),
] as const;

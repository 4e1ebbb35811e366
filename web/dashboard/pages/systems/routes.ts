/** `/systems`, `/systems/$systemId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';

export const systemsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/systems',
    component: lazyRouteComponent(() => import('./page.tsx'), 'SystemsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/systems/$systemId',
    component: lazyRouteComponent(() => import('./system-page.tsx'), 'SystemPage'),
  }),
] as const;

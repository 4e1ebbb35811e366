/** `/settings`, `/settings/$tab`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/settings/$tab',
    component: lazyRouteComponent(() => import('./page.tsx'), 'SettingsPage'),
  }),
] as const;

/** `/settings`, `/settings/$tab`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/settings',
    component: lazyPage(() => import('./page.tsx'), 'SettingsPage', ['settings']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/settings/$tab',
    component: lazyPage(() => import('./page.tsx'), 'SettingsPage', ['settings']),
  }),
] as const;

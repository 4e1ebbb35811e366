/** `/systems`, `/systems/$systemId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';

export const systemsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/systems',
    component: lazyPage(() => import('./page.tsx'), 'SystemsPage', ['systems']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/systems/$systemId',
    component: lazyPage(() => import('./system-page.tsx'), 'SystemPage', ['systems']),
  }),
] as const;

/** `/`: the overview. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/',
    component: lazyPage(() => import('./page.tsx'), 'OverviewPage', ['overview']),
  }),
] as const;

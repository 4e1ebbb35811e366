/** `/stock`, `/stock/$recordId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const stockRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/stock',
    validateSearch: textsOf([...listKeys, 'level', 'location'] as const),
    component: lazyRouteComponent(() => import('./page.tsx'), 'StockPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/stock/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyRouteComponent(() => import('./stock-level-page.tsx'), 'StockLevelPage'),
  }),
] as const;

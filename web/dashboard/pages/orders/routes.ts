/** `/orders`, `/orders/$recordId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const ordersRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/orders',
    validateSearch: textsOf([...listKeys, 'type', 'status', 'payment', 'fulfillment', 'customer'] as const),
    component: lazyRouteComponent(() => import('./page.tsx'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/orders/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyRouteComponent(() => import('./order-page.tsx'), 'OrderPage'),
  }),
] as const;

/** `/orders`, `/orders/$recordId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const ordersRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/orders',
    validateSearch: textsOf([...listKeys, 'type', 'status', 'payment', 'fulfillment', 'customer'] as const),
    component: lazyPage(() => import('./page.tsx'), 'OrdersPage', ['dataExport', 'orders', 'records', 'views']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/orders/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyPage(() => import('./order-page.tsx'), 'OrderPage', ['orders', 'records']),
  }),
] as const;

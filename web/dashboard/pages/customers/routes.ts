/** `/customers`, `/customers/$recordId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const customersRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/customers',
    validateSearch: textsOf([...listKeys, 'kind', 'issues', 'same'] as const),
    component: lazyRouteComponent(() => import('./page.tsx'), 'CustomersPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/customers/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyRouteComponent(() => import('./customer-page.tsx'), 'CustomerPage'),
  }),
] as const;

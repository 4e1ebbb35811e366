/** `/customers`, `/customers/$recordId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const customersRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/customers',
    validateSearch: textsOf([...listKeys, 'kind', 'issues', 'same'] as const),
    component: lazyPage(() => import('./page.tsx'), 'CustomersPage', ['customers', 'dataExport', 'records', 'views']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/customers/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyPage(() => import('./customer-page.tsx'), 'CustomerPage', [
      'customers',
      'jobs',
      'orders',
      'records',
    ]),
  }),
] as const;

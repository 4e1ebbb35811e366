/** `/stock`, `/stock/$recordId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const stockRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/stock',
    validateSearch: textsOf([...listKeys, 'level', 'location'] as const),
    component: lazyPage(() => import('./page.tsx'), 'StockPage', ['dataExport', 'records', 'stock', 'views']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/stock/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyPage(() => import('./stock-level-page.tsx'), 'StockLevelPage', ['records', 'stock']),
  }),
] as const;

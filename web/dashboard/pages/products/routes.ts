/** `/products`, `/products/$recordId`: the id of a product, or of a variant, which shows its product. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const productsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/products',
    validateSearch: textsOf([...listKeys, 'status', 'category'] as const),
    component: lazyPage(() => import('./page.tsx'), 'ProductsPage', ['dataExport', 'products', 'records', 'views']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/products/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyPage(() => import('./product-page.tsx'), 'ProductPage', ['products', 'records']),
  }),
] as const;

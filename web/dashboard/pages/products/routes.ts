/** `/products`, `/products/$recordId`: the id of a product, or of a variant, which shows its product. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const productsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/products',
    validateSearch: textsOf([...listKeys, 'status', 'category'] as const),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ProductsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/products/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyRouteComponent(() => import('./product-page.tsx'), 'ProductPage'),
  }),
] as const;

/** `/categories`, `/categories/$recordId`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const categoriesRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/categories',
    validateSearch: textsOf(listKeys),
    component: lazyRouteComponent(() => import('./page.tsx'), 'CategoriesPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/categories/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyRouteComponent(() => import('./category-page.tsx'), 'CategoryPage'),
  }),
] as const;

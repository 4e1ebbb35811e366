/** `/categories`, `/categories/$recordId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listKeys, textsOf } from '../records/address.ts';

export const categoriesRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/categories',
    validateSearch: textsOf(listKeys),
    component: lazyPage(() => import('./page.tsx'), 'CategoriesPage', ['categories', 'records']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/categories/$recordId',
    validateSearch: textsOf(['tab'] as const),
    component: lazyPage(() => import('./category-page.tsx'), 'CategoryPage', ['categories', 'records']),
  }),
] as const;

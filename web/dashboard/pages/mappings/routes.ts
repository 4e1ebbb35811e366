/** `/mappings`, `/mappings/$mappingId`. The address of the editor may name the record that the rules are tried on. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';
import { sampleSearch } from './sample-search.ts';

export const mappingsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/mappings',
    component: lazyRouteComponent(() => import('./page.tsx'), 'MappingsPage'),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/mappings/$mappingId',
    validateSearch: sampleSearch,
    component: lazyRouteComponent(() => import('./mapping-page.tsx'), 'MappingPage'),
  }),
] as const;

/** `/mappings`, `/mappings/$mappingId`. The address of the editor may name the record that the rules are tried on. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { sampleSearch } from './sample-search.ts';

export const mappingsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/mappings',
    component: lazyPage(() => import('./page.tsx'), 'MappingsPage', ['mappings', 'records']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/mappings/$mappingId',
    validateSearch: sampleSearch,
    component: lazyPage(() => import('./mapping-page.tsx'), 'MappingPage', ['mappings', 'records', 'undo']),
  }),
] as const;

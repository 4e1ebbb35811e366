/** `/alerts`. The open tab, how far the lanes look back and the place in the list of ended alerts stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { onlyKnown } from '../../parts/known-search.ts';
import { readSearch } from './search.ts';

export const alertsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/alerts',
    validateSearch: onlyKnown(readSearch),
    component: lazyPage(() => import('./page.tsx'), 'AlertsPage', ['alerts', 'flows']),
  }),
] as const;

/** `/value-lists`, `/value-lists/$listId`. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { listTabs, type ListTab } from './tabs.ts';

export interface ListSearch {
  readonly tab?: ListTab;
  readonly search?: string;
}

const searched = (given: unknown) => (typeof given === 'string' && given !== '' ? { search: given } : {});

export const valueListsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/value-lists',
    validateSearch: ({ search }: Record<string, unknown>): { readonly search?: string } => searched(search),
    component: lazyPage(() => import('./page.tsx'), 'ValueListsPage', ['valueLists']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/value-lists/$listId',
    validateSearch: ({ tab, search }: Record<string, unknown>): ListSearch => ({
      ...(listTabs.includes(tab as ListTab) ? { tab: tab as ListTab } : {}),
      ...searched(search),
    }),
    component: lazyPage(() => import('./list-page.tsx'), 'ValueListPage', ['valueLists']),
  }),
] as const;

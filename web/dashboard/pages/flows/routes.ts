/** `/flows`, `/flows/$flowId`, `/runs/$runId`. Filters, the tab and the place in the list of runs are parts of the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';
import { placeOf, type Place } from '../../parts/pager.tsx';
import { flowTabs, type FlowTab } from './flow-tabs.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
/** Without what was not said, which would stand in the address as nothing. */
const said = <T extends object>(search: T): { readonly [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as never;

export const flowsRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/flows',
    validateSearch: ({ state, entity, system }: Record<string, unknown>) =>
      said({ state: text(state), entity: text(entity), system: text(system) }),
    component: lazyPage(() => import('./page.tsx'), 'FlowsPage', ['flows', 'setup']),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/flows/$flowId',
    validateSearch: (search: Record<string, unknown>): { tab?: FlowTab; status?: string } & Place => ({
      ...said({
        tab: flowTabs.find((tab) => tab === search['tab'] && tab !== 'status'),
        status: text(search['status']),
      }),
      ...placeOf(search),
    }),
    component: lazyPage(() => import('./flow-page.tsx'), 'FlowPage', [
      'comparisons',
      'flows',
      'held',
      'jobs',
      'mappings',
      'position',
      'records',
      'setup',
      'systems',
    ]),
  }),
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/runs/$runId',
    component: lazyPage(() => import('./run-page.tsx'), 'RunPage', [
      'comparisons',
      'flows',
      'held',
      'jobs',
      'records',
      'setup',
      'systems',
      'undo',
    ]),
  }),
] as const;

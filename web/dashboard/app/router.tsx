/** All routes. A page adds the routes of its own `routes.ts` here; what it shows is loaded when it is opened. */
import { createRoute, createRouter } from '@tanstack/react-router';
import { accountRoutes } from '../pages/account/routes.ts';
import { activityRoutes } from '../pages/activity/routes.ts';
import { alertsRoutes } from '../pages/alerts/routes.ts';
import { categoriesRoutes } from '../pages/categories/routes.ts';
import { comparisonsRoutes } from '../pages/comparisons/routes.ts';
import { conflictsRoutes } from '../pages/conflicts/routes.ts';
import { customersRoutes } from '../pages/customers/routes.ts';
import { flowsRoutes } from '../pages/flows/routes.ts';
import { jobsRoutes } from '../pages/jobs/routes.ts';
import { mappingsRoutes } from '../pages/mappings/routes.ts';
import { ordersRoutes } from '../pages/orders/routes.ts';
import { overviewRoutes } from '../pages/overview/routes.ts';
import { problemsRoutes } from '../pages/problems/routes.ts';
import { productsRoutes } from '../pages/products/routes.ts';
import { restoreRoutes } from '../pages/restore/routes.ts';
import { settingsRoutes } from '../pages/settings/routes.ts';
import { setupRoutes } from '../pages/setup/routes.ts';
import { stockRoutes } from '../pages/stock/routes.ts';
import { systemsRoutes } from '../pages/systems/routes.ts';
import { valueListsRoutes } from '../pages/value-lists/routes.ts';
import { Broken } from '../parts/broken.tsx';
import { NotFound } from '../parts/not-found.tsx';
import { insideRoute, rootRoute } from './root.tsx';

/** An address that leads nowhere: with the menu beside it. */
const lostRoute = createRoute({ getParentRoute: () => insideRoute, path: '$', component: NotFound });

const inside = insideRoute.addChildren([
  ...activityRoutes,
  ...alertsRoutes,
  ...categoriesRoutes,
  ...comparisonsRoutes,
  ...conflictsRoutes,
  ...customersRoutes,
  ...flowsRoutes,
  ...jobsRoutes,
  ...mappingsRoutes,
  ...ordersRoutes,
  ...overviewRoutes,
  ...problemsRoutes,
  ...productsRoutes,
  ...restoreRoutes,
  ...settingsRoutes,
  ...setupRoutes,
  ...stockRoutes,
  ...systemsRoutes,
  ...valueListsRoutes,
  lostRoute,
]);

export const router = createRouter({
  routeTree: rootRoute.addChildren([...accountRoutes, inside]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  scrollRestoration: true,
  // Routes that end in `$…Id` show one record. The page of another begins anew: what was answered, opened and chosen for the one before must not be taken for its own.
  defaultRemountDeps: ({ routeId, params }) => (routeId.endsWith('Id') ? params : undefined),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

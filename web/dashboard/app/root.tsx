/** The routes that all pages hang from: `rootRoute` around everything, `insideRoute` around what needs a person who has signed in. */
import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import { NotFound } from '../parts/not-found.tsx';
import { Inside } from './inside.tsx';

export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

export const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  component: Inside,
  notFoundComponent: NotFound,
});

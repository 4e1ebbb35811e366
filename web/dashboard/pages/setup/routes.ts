/** `/setup`. `step`: which one is open; without it the first one that is not done. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '../../app/root.tsx';

export const setupRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/setup',
    validateSearch: ({ step }: Record<string, unknown>): { step?: string } =>
      typeof step === 'string' ? { step } : {},
    component: lazyRouteComponent(() => import('./page.tsx'), 'SetupPage'),
  }),
] as const;

/** `/setup`. `step`: which one is open; without it the first one that is not done. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { insideRoute } from '../../app/root.tsx';

export const setupRoutes = [
  createRoute({
    getParentRoute: () => insideRoute,
    path: '/setup',
    validateSearch: ({ step }: Record<string, unknown>): { step?: string } =>
      typeof step === 'string' ? { step } : {},
    component: lazyPage(() => import('./page.tsx'), 'SetupPage', ['alerts', 'records', 'setup', 'systems']),
  }),
] as const;

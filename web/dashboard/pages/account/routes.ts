/** `/account`: signing in, the first account, invitations. `back`: where the person wanted to go. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../app/lazy-page.ts';
import { rootRoute } from '../../app/root.tsx';

/** Only ways within the dashboard: an address from outside would lead a person who has just signed in astray. */
const isInside = (back: unknown): back is string => typeof back === 'string' && /^\/(?![/\\])/.test(back);

export const accountRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/account',
    validateSearch: ({ back }: Record<string, unknown>): { back?: string } => (isInside(back) ? { back } : {}),
    component: lazyPage(() => import('./page.tsx'), 'AccountPage', ['account', 'tools']),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../frame/frame-route.ts';
import { ownPath } from '../pieces/url-state.ts';

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup-page.tsx'), 'SetupPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (raw: Record<string, unknown>): { to?: string } => ({ to: ownPath(raw.to) }),
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
});

const invites = createRoute({
  getParentRoute: () => root,
  path: '/login/invites',
  component: lazyRouteComponent(() => import('./invite-page.tsx'), 'InvitePage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/login/reset',
  component: lazyRouteComponent(() => import('./reset-page.tsx'), 'ResetPage'),
});

const requiredReset = createRoute({
  getParentRoute: () => root,
  path: '/login/new-password',
  component: lazyRouteComponent(() => import('./reset-page.tsx'), 'RequiredResetPage'),
});

/** The pages one sees before being signed in. */
export const doorRoutes = [setup, login, invites, reset, requiredReset] as const;

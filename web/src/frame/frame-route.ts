import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, retainSearchParams } from '@tanstack/react-router';
import { requireSession } from '../accounts/session.ts';
import { wholeNumber } from '../pieces/url-state.ts';
import { Frame } from './frame.tsx';
import { FrameFailure } from './page-states.tsx';

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

/** What every page of somebody who is signed in stands in. */
export const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  validateSearch: (raw: Record<string, unknown>): { fleet_id?: number } => ({ fleet_id: wholeNumber(raw.fleet_id) }),
  // The fleet stays chosen from page to page.
  search: { middlewares: [retainSearchParams(['fleet_id'])] },
  beforeLoad: ({ context, location }) => requireSession(context.queries, location.href),
  component: Frame,
  errorComponent: FrameFailure,
});

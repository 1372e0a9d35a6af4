import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { mayBe } from '../accounts/may.ts';
import { session } from '../accounts/session.ts';
import { frame } from '../frame/frame-route.ts';
import { readListSearch } from '../pieces/url-state.ts';

type Raw = Record<string, unknown>;
const readList = (raw: Raw) => readListSearch(raw, []);

const start = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  beforeLoad: async ({ context }) => {
    const { permissions } = await context.queries.ensureQueryData(session);
    const managesPeople = mayBe(permissions, 'people:write', 'somewhere');
    throw redirect({ to: managesPeople ? '/settings/people' : '/settings/profile', replace: true });
  },
});

const profile = createRoute({
  getParentRoute: () => frame,
  path: '/settings/profile',
  component: lazyRouteComponent(() => import('../people/profile-page.tsx'), 'ProfilePage'),
});

const people = createRoute({
  getParentRoute: () => frame,
  path: '/settings/people',
  validateSearch: readList,
  component: lazyRouteComponent(() => import('../people/people-page.tsx'), 'PeoplePage'),
});

const person = createRoute({
  getParentRoute: () => frame,
  path: '/settings/people/$id',
  component: lazyRouteComponent(() => import('../people/person-page.tsx'), 'PersonPage'),
});

const fleets = createRoute({
  getParentRoute: () => frame,
  path: '/settings/fleets',
  validateSearch: readList,
  component: lazyRouteComponent(() => import('../fleets/fleets-page.tsx'), 'FleetsPage'),
});

const fleet = createRoute({
  getParentRoute: () => frame,
  path: '/settings/fleets/$id',
  component: lazyRouteComponent(() => import('../fleets/fleet-page.tsx'), 'FleetPage'),
});

const labels = createRoute({
  getParentRoute: () => frame,
  path: '/settings/labels',
  validateSearch: readList,
  component: lazyRouteComponent(() => import('../labels/labels-page.tsx'), 'LabelsPage'),
});

const label = createRoute({
  getParentRoute: () => frame,
  path: '/settings/labels/$id',
  component: lazyRouteComponent(() => import('../labels/label-page.tsx'), 'LabelPage'),
});

const organisation = createRoute({
  getParentRoute: () => frame,
  path: '/settings/organisation',
  component: lazyRouteComponent(() => import('./organisation-page.tsx'), 'OrganisationPage'),
});

const dueDates = createRoute({
  getParentRoute: () => frame,
  path: '/settings/due-dates',
  component: lazyRouteComponent(() => import('./due-dates-page.tsx'), 'DueDatesPage'),
});

const webhooks = createRoute({
  getParentRoute: () => frame,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
});

const about = createRoute({
  getParentRoute: () => frame,
  path: '/settings/about',
  component: lazyRouteComponent(() => import('./about-page.tsx'), 'AboutPage'),
});

/** The pages of the settings. */
export const settingsRoutes = [
  start,
  profile,
  people,
  person,
  fleets,
  fleet,
  labels,
  label,
  organisation,
  dueDates,
  webhooks,
  about,
] as const;

import { hostOrderKeys } from '@flotilla/contract/hosts';
import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { doorRoutes } from './accounts/door-routes.ts';
import { readActivitySearch } from './activity/search.ts';
import { readDueSearch } from './due/search.ts';
import { readEvidence } from './evidence/evidence-search.ts';
import { readExceptionsSearch } from './exceptions/search.ts';
import { frame, root } from './frame/frame-route.ts';
import { NotFound, PageFailure, PagePending } from './frame/page-states.tsx';
import { hostQuery } from './hosts/host-query.ts';
import { readHostSearch, readHostsSearch } from './hosts/search.ts';
import { parseSearch, readListSearch, stringifySearch } from './pieces/url-state.ts';
import { policyQuery } from './policies/policy-query.ts';
import { readPoliciesSearch, readPolicySearch } from './policies/search.ts';
import { settingsRoutes } from './settings/settings-routes.ts';
import { readChangesSearch, readEndsSearch, readTitlesSearch } from './software/search.ts';
import { titleQuery, versionQuery } from './software/software-queries.ts';
import { rolloutQuery } from './updates/rollout-query.ts';
import { readRolloutSearch, readUpdatesSearch } from './updates/search.ts';
import { readVulnerabilitiesSearch, readVulnerabilitySearch } from './vulnerabilities/search.ts';
import { vulnerabilityQuery } from './vulnerabilities/vulnerability-query.ts';

type Raw = Record<string, unknown>;

/** Asks before the page is opened, when the pointer rests on its link; the page itself waits for nothing. */
function prefetch<T>(queries: QueryClient, question: FetchQueryOptions<T, Error, T, readonly unknown[]>): void {
  void queries.prefetchQuery(question);
}

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});

const due = createRoute({
  getParentRoute: () => frame,
  path: '/due',
  validateSearch: readDueSearch,
  component: lazyRouteComponent(() => import('./due/due-page.tsx'), 'DuePage'),
});

const hosts = createRoute({
  getParentRoute: () => frame,
  path: '/hosts',
  validateSearch: (raw: Raw) => readHostsSearch(raw, hostOrderKeys),
  component: lazyRouteComponent(() => import('./hosts/hosts-page.tsx'), 'HostsPage'),
});

const host = createRoute({
  getParentRoute: () => frame,
  path: '/hosts/$id',
  validateSearch: readHostSearch,
  loader: ({ context, params }) => prefetch(context.queries, hostQuery(Number(params.id))),
  component: lazyRouteComponent(() => import('./hosts/host-page.tsx'), 'HostPage'),
});

const software = createRoute({
  getParentRoute: () => frame,
  path: '/software',
  validateSearch: readTitlesSearch,
  component: lazyRouteComponent(() => import('./software/titles-page.tsx'), 'TitlesPage'),
});

const endOfLife = createRoute({
  getParentRoute: () => frame,
  path: '/software/end-of-life',
  validateSearch: readEndsSearch,
  component: lazyRouteComponent(() => import('./software/end-of-life-page.tsx'), 'EndOfLifePage'),
});

const changes = createRoute({
  getParentRoute: () => frame,
  path: '/software/changes',
  validateSearch: readChangesSearch,
  component: lazyRouteComponent(() => import('./software/changes-page.tsx'), 'ChangesPage'),
});

const title = createRoute({
  getParentRoute: () => frame,
  path: '/software/titles/$id',
  loaderDeps: ({ search }) => ({ fleet_id: search.fleet_id }),
  loader: ({ context, params, deps }) => prefetch(context.queries, titleQuery(Number(params.id), deps.fleet_id)),
  component: lazyRouteComponent(() => import('./software/title-page.tsx'), 'TitlePage'),
});

const version = createRoute({
  getParentRoute: () => frame,
  path: '/software/versions/$id',
  validateSearch: readEvidence,
  loaderDeps: ({ search }) => ({ fleet_id: search.fleet_id }),
  loader: ({ context, params, deps }) => prefetch(context.queries, versionQuery(Number(params.id), deps.fleet_id)),
  component: lazyRouteComponent(() => import('./software/version-page.tsx'), 'VersionPage'),
});

const os = createRoute({
  getParentRoute: () => frame,
  path: '/os',
  validateSearch: (raw: Raw) => readListSearch(raw, ['hosts_count']),
  component: lazyRouteComponent(() => import('./operating-systems/os-versions-page.tsx'), 'OsVersionsPage'),
});

const vulnerabilities = createRoute({
  getParentRoute: () => frame,
  path: '/vulnerabilities',
  validateSearch: readVulnerabilitiesSearch,
  component: lazyRouteComponent(() => import('./vulnerabilities/vulnerabilities-page.tsx'), 'VulnerabilitiesPage'),
});

const exceptions = createRoute({
  getParentRoute: () => frame,
  path: '/vulnerabilities/exceptions',
  validateSearch: readExceptionsSearch,
  component: lazyRouteComponent(() => import('./exceptions/exceptions-page.tsx'), 'ExceptionsPage'),
});

const vulnerability = createRoute({
  getParentRoute: () => frame,
  path: '/vulnerabilities/$cve',
  validateSearch: readVulnerabilitySearch,
  loaderDeps: ({ search }) => ({ fleet_id: search.fleet_id }),
  loader: ({ context, params, deps }) =>
    prefetch(context.queries, vulnerabilityQuery(params.cve.toUpperCase(), deps.fleet_id)),
  component: lazyRouteComponent(() => import('./vulnerabilities/vulnerability-page.tsx'), 'VulnerabilityPage'),
});

const action = createRoute({
  getParentRoute: () => frame,
  path: '/vulnerabilities/actions/$id',
  validateSearch: readVulnerabilitySearch,
  component: lazyRouteComponent(() => import('./vulnerabilities/actions/action-page.tsx'), 'ActionPage'),
});

const updates = createRoute({
  getParentRoute: () => frame,
  path: '/updates',
  validateSearch: readUpdatesSearch,
  component: lazyRouteComponent(() => import('./updates/updates-page.tsx'), 'UpdatesPage'),
});

const rollout = createRoute({
  getParentRoute: () => frame,
  path: '/updates/rollouts/$id',
  validateSearch: readRolloutSearch,
  loader: ({ context, params }) => prefetch(context.queries, rolloutQuery(Number(params.id))),
  component: lazyRouteComponent(() => import('./updates/rollout-page.tsx'), 'RolloutPage'),
});

const policies = createRoute({
  getParentRoute: () => frame,
  path: '/policies',
  validateSearch: readPoliciesSearch,
  component: lazyRouteComponent(() => import('./policies/policies-page.tsx'), 'PoliciesPage'),
});

const newPolicy = createRoute({
  getParentRoute: () => frame,
  path: '/policies/new',
  component: lazyRouteComponent(() => import('./policies/new-policy-page.tsx'), 'NewPolicyPage'),
});

const policy = createRoute({
  getParentRoute: () => frame,
  path: '/policies/$id',
  validateSearch: readPolicySearch,
  loader: ({ context, params }) => prefetch(context.queries, policyQuery(Number(params.id))),
  component: lazyRouteComponent(() => import('./policies/policy-page.tsx'), 'PolicyPage'),
});

const editPolicy = createRoute({
  getParentRoute: () => frame,
  path: '/policies/$id/edit',
  loader: ({ context, params }) => prefetch(context.queries, policyQuery(Number(params.id))),
  component: lazyRouteComponent(() => import('./policies/edit-policy-page.tsx'), 'EditPolicyPage'),
});

const library = createRoute({
  getParentRoute: () => frame,
  path: '/library',
  validateSearch: (raw: Raw) => readListSearch(raw, []),
  component: lazyRouteComponent(() => import('./library/library-page.tsx'), 'LibraryPage'),
});

const activity = createRoute({
  getParentRoute: () => frame,
  path: '/activity',
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(() => import('./activity/activity-page.tsx'), 'ActivityPage'),
});

const feeds = createRoute({
  getParentRoute: () => frame,
  path: '/feeds',
  component: lazyRouteComponent(() => import('./feeds/feeds-page.tsx'), 'FeedsPage'),
});

const elsewhere = createRoute({ getParentRoute: () => frame, path: '$', component: NotFound });

const routeTree = root.addChildren([
  ...doorRoutes,
  frame.addChildren([
    home,
    due,
    hosts,
    host,
    software,
    endOfLife,
    changes,
    title,
    version,
    vulnerabilities,
    exceptions,
    vulnerability,
    action,
    updates,
    rollout,
    policies,
    newPolicy,
    policy,
    editPolicy,
    library,
    activity,
    feeds,
    os,
    ...settingsRoutes,
    elsewhere,
  ]),
]);

/** Every address of the console, and what the pages share. */
export function createConsoleRouter(queries: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
  // The code of a page comes while the server says who is signed in, not after.
  router.subscribe('onBeforeLoad', ({ toLocation }) => {
    for (const { routeId } of router.matchRoutes(toLocation)) {
      void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById]);
    }
  });
  return router;
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter;
  }
}

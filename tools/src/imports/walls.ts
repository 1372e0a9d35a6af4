import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';
import { domains } from '../domains.ts';

const workspaces = ['contract', 'engine', 'feeds', 'server', 'agent', 'cli', 'web', 'e2e', 'bench', 'tools'];
const tests = '\\.test\\.tsx?$';
const anyDomain = `^server/src/(?:${domains.join('|')})/`;
const frontDoor = `^server/src/(?:${domains.join('|')})/index\\.ts$`;
/** Tests and whole-system code may look behind the doors: they set scenes no caller could. */
const watchers = [tests, '^(?:e2e|bench|tools)/'];

/** Packages are found as folders of node_modules, or by their bare name where they are not installed. */
const packages = (...names: string[]) => names.flatMap((name) => [`^${name}(?:/|$)`, `node_modules/${name}/`]);
const folders = (names: string[]) => `^(?:${names.join('|')})/`;
const error = { severity: 'error' } as const;

/** A workspace may import itself and those named, no other one of ours. */
const mayImport = (workspace: string, ...others: string[]): IForbiddenRuleType => ({
  ...error,
  name: `${workspace}-reaches-${others.join('-and-') || 'nothing-of-ours'}`,
  comment: `${workspace} imports ${others.join(' and ') || 'no other workspace'}`,
  from: { path: `^${workspace}/` },
  to: { path: folders(workspaces.filter((name) => name !== workspace && !others.includes(name))) },
});

const domainOrder = domains.slice(0, -1).map(
  (domain, place): IForbiddenRuleType => ({
    ...error,
    name: `domain-order-${domain}`,
    comment: `${domain} may call only the domains before it; those after it hear its events`,
    from: { path: `^server/src/${domain}/`, pathNot: tests },
    to: { path: `^server/src/(?:${domains.slice(place + 1).join('|')})/` },
  }),
);

const server: IForbiddenRuleType[] = [
  {
    ...error,
    name: 'front-door-between-domains',
    comment: "another domain is reached through its index.ts, also by the server's own kernel and testing folders",
    from: { path: '^server/src/([^/]+)/', pathNot: tests },
    to: { path: anyDomain, pathNot: ['^server/src/$1/', frontDoor] },
  },
  {
    ...error,
    name: 'front-door-from-outside',
    comment: 'a domain is reached through its index.ts',
    from: { pathNot: ['^server/src/[^/]+/', ...watchers] },
    to: { path: anyDomain, pathNot: frontDoor },
  },
  {
    ...error,
    name: 'kernel-knows-no-domain',
    comment: 'the kernel is what all domains stand on; it imports no domain and not the program',
    from: { path: '^server/src/kernel/', pathNot: tests },
    to: { path: [anyDomain, '^server/src/main\\.ts$'] },
  },
  {
    ...error,
    name: 'main-is-the-top',
    comment: 'nobody imports the program itself',
    from: { path: '^server/src/', pathNot: tests },
    to: { path: '^server/src/main\\.ts$' },
  },
  ...domainOrder,
  {
    ...error,
    name: 'only-queries-touch-sql',
    comment: 'SQL of a domain stands in its queries.ts or queries/ folder; elsewhere kysely and pg are types only',
    from: {
      pathNot: [
        '(?:^|/)queries\\.ts$',
        '/queries/',
        '^server/src/kernel/',
        tests,
        '^(?:e2e|bench)/',
        '(?:^|/)node_modules/',
      ],
    },
    to: { path: packages('kysely', 'pg', 'pg-copy-streams', 'pg-boss'), dependencyTypesNot: ['type-only'] },
  },
];

const pure: IForbiddenRuleType[] = [
  {
    ...error,
    name: 'engine-is-pure',
    comment: 'the engine knows no I/O and no clock: nothing of Node',
    from: { path: '^engine/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    ...error,
    name: 'contract-is-a-leaf',
    comment: 'the contract imports the schema library only',
    from: { path: '^contract/', pathNot: tests },
    to: { pathNot: ['^contract/', ...packages('typebox')] },
  },
];

/** The walls between the rooms of this repository. */
export const walls: IConfiguration = {
  forbidden: [
    {
      ...error,
      name: 'no-cycles',
      comment: 'files that need each other are one idea; types alone may point back',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      ...error,
      name: 'resolvable',
      comment: 'an import that cannot be followed would slip past every other rule',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    ...server,
    ...pure,
    mayImport('contract'),
    mayImport('engine'),
    mayImport('feeds', 'engine'),
    mayImport('server', 'contract', 'engine', 'feeds'),
    mayImport('agent', 'contract', 'engine'),
    mayImport('cli', 'contract', 'engine', 'feeds'),
    mayImport('web', 'contract'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^[^/]+/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

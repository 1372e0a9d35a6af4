import type { Route } from './route.ts';

/** What moves: each a part of what lists and counts show. */
export const liveKinds = ['hosts', 'software', 'vulnerabilities', 'tasks', 'policies', 'activities'] as const;
export type LiveKind = (typeof liveKinds)[number];

/** The answer is a stream of server-sent events: `moved`, whose data are kinds with commas between them. */
export const live = {
  method: 'GET',
  path: '/api/v1/flotilla/live',
  summary: 'Says, at most once a second, which kinds of things moved, as server-sent events; ends with the session',
  access: 'session',
} as const satisfies Route;

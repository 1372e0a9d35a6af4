import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Candidate, scopeOf } from '@flotilla/engine/matching/advisory-index';
import { judgeSoftware } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';

/** A line of a workload: a software, or what advisories say about a key. */
type Line = { software: SoftwareIdentity } | { key: string; candidates: Candidate[] };

// Judges what a workload file holds, in a process of its own, and prints what that cost.
const software: SoftwareIdentity[] = [];
const byKey = new Map<string, Candidate[]>();
const parsing = { user: 0, system: 0 };
for await (const text of createInterface({ input: createReadStream(process.argv[2] ?? '') })) {
  const started = process.cpuUsage();
  const line = JSON.parse(text) as Line;
  const { user, system } = process.cpuUsage(started);
  parsing.user += user;
  parsing.system += system;
  if ('software' in line) software.push(line.software);
  else byKey.set(line.key, line.candidates);
}
const scopes = new Set([...byKey.keys()].map(scopeOf));
const index = { candidates: (key: string) => byKey.get(key) ?? [], covers: (scope: string) => scopes.has(scope) };
const counts = { affected: 0, unknown: 0, not_affected: 0 };
const began = performance.now();
const before = process.cpuUsage();
for (const each of software) {
  for (const { verdict } of judgeSoftware(each, index).verdicts) counts[verdict]++;
}
const judging = process.cpuUsage(before);
const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
const figures = {
  wallSeconds: (performance.now() - began) / 1000,
  cpuSeconds: seconds(judging),
  parseCpuSeconds: seconds(parsing),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  ...counts,
};
process.stdout.write(JSON.stringify(figures));

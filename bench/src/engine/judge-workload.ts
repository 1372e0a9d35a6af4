import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Candidate, scopeOf } from '@flotilla/engine/matching/advisory-index';
import { decideSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import { gather, type Statements } from '@flotilla/engine/matching/statements';

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
/** Keys whose statements are kept ready at a time; who judges key by key needs no more. */
const MOST_READY = 8;
const ready = new Map<string, Statements>();
const index = {
  covers: (scope: string) => scopes.has(scope),
  statements(key: string) {
    const candidates = byKey.get(key);
    if (candidates === undefined) return null;
    const known = ready.get(key) ?? gather(candidates);
    if (ready.size >= MOST_READY) ready.clear();
    ready.set(key, known);
    return known;
  },
};
const counts = { affected: 0, unknown: 0, not_affected: 0 };
const began = performance.now();
const before = process.cpuUsage();
for (const same of Map.groupBy(software, (each) => lookupKeysOf(each)[0]).values()) {
  for (const each of same) {
    for (const { conclusion } of decideSoftware(each, index).decided) counts[conclusion.verdict]++;
  }
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

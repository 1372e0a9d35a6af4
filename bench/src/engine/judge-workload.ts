import { readFileSync } from 'node:fs';
import type { Candidate } from '@flotilla/engine/matching/advisory-index';
import { judgeSoftware } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';

/** Judges what a workload file holds, in a process of its own, and prints what that cost. */
interface Workload {
  software: SoftwareIdentity[];
  scopes: string[];
  candidates: [string, Candidate[]][];
}

const text = readFileSync(process.argv[2] ?? '', 'utf8');
const beforeParsing = process.cpuUsage();
const { software, scopes, candidates } = JSON.parse(text) as Workload;
const parsing = process.cpuUsage(beforeParsing);
const byKey = new Map(candidates);
const covered = new Set(scopes);
const index = { candidates: (key: string) => byKey.get(key) ?? [], covers: (scope: string) => covered.has(scope) };
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

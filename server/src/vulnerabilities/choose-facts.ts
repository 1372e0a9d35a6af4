import { severityOf } from '@flotilla/engine/decisions/severity';
import type { ChosenFacts, ToldOf } from './queries/advisories.ts';

/** Who is believed first about a vulnerability itself; all others come after these, by name. */
const TRUSTED = ['nvd', 'nvd-overrides', 'cisa-vulnrichment', 'cisa-kev'];

/** What is shown of a vulnerability: of each fact what the most trusted feed tells that has one. Who tells nothing is passed over. */
export function chooseFacts(told: readonly ToldOf[]): Omit<ChosenFacts, 'id'> {
  const all = [...told].sort(byTrust);
  const first = <T>(read: (one: ToldOf['facts']) => T | undefined): T | null =>
    all.map(({ facts }) => read(facts)).find((value) => value !== undefined) ?? null;
  const severity = severityOf(all.flatMap(({ facts }) => facts.severity ?? []));
  // A list of exploited vulnerabilities has dates; others only say that there were attacks.
  const exploitation = first(({ exploitation }) => (exploitation?.due ? exploitation : undefined));
  const exploited = exploitation ?? first((one) => one.exploitation);
  return {
    publishedAt: first(({ facts }) => facts?.published),
    description: first(({ facts }) => facts?.description),
    severity: severity?.level ?? null,
    cvss: severity?.score ?? null,
    cvssVersion: severity?.version ?? null,
    cvssFrom: severity?.vector ? feedOf(all, severity.vector) : null,
    isRejected: all.some(({ facts }) => facts.facts?.isRejected === true),
    isAutomatable: first(({ ssvc }) => ssvc?.isAutomatable),
    technicalImpact: first(({ ssvc }) => ssvc?.technicalImpact),
    exploitedSince: exploited?.since ?? null,
    exploitedDue: exploited?.due ?? null,
    inRansomware: exploited?.inRansomware ?? null,
  };
}

/** Which feed tells what is shown; null where none does. */
export function sourcesOf(told: readonly ToldOf[]) {
  const all = [...told].sort(byTrust);
  const source = (has: (one: ToldOf['facts']) => unknown) =>
    all.find(({ facts }) => has(facts) !== undefined)?.feed ?? null;
  return {
    published: source(({ facts }) => facts?.published),
    description: source(({ facts }) => facts?.description),
    exploitation: source(({ exploitation }) => exploitation?.due) ?? source(({ exploitation }) => exploitation),
    ssvc: source(({ ssvc }) => ssvc),
  };
}

const byTrust = (a: ToldOf, b: ToldOf) => rank(a.feed) - rank(b.feed) || (a.feed < b.feed ? -1 : 1);

function rank(feed: string): number {
  const at = TRUSTED.indexOf(feed);
  return at === -1 ? TRUSTED.length : at;
}

const feedOf = (told: readonly ToldOf[], vector: string): string | null =>
  told.find(({ facts: { severity } }) => [severity?.cvss2, severity?.cvss3, severity?.cvss4].includes(vector))?.feed ??
  null;

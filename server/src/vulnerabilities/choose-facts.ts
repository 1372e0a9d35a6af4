import { severityOf } from '@flotilla/engine/decisions/severity';
import { byTrust } from '@flotilla/engine/decisions/trusted-feeds';
import type { ChosenFacts, ToldOf } from './queries/advisories.ts';

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

const feedOf = (told: readonly ToldOf[], vector: string): string | null =>
  told.find(({ facts: { severity } }) => [severity?.cvss2, severity?.cvss3, severity?.cvss4].includes(vector))?.feed ??
  null;

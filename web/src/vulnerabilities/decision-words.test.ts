import type { Decision } from '@flotilla/contract/vulnerabilities';
import { expect, test } from 'vitest';
import { basisWords, decisionWords, dueWords } from './decision-words.ts';
import { levelOf, likelihoodWords } from './severity-words.ts';

const unknown: Decision = {
  cve: 'CVE-2024-0001',
  published: { at: null, feed: null },
  description: { text: null, feed: null },
  severity: { level: null, cvss_score: null, cvss_version: null, feed: null },
  epss: null,
  exploitation: { is_known: null, since: null, due: null, in_ransomware: null, feed: null },
  ssvc: { is_automatable: null, technical_impact: null, feed: null },
  decision: { days: null, needs_forensics: false, is_certain: false, basis: 'severity', is_asset_exposed: null },
};

test('a decision is told with what decides, and the day', () => {
  const told: Decision = {
    ...unknown,
    exploitation: { ...unknown.exploitation, is_known: true },
    ssvc: { is_automatable: true, technical_impact: 'total', feed: 'cisa-vulnrichment' },
    decision: { days: 3, needs_forensics: false, is_certain: true, basis: 'bod-26-04', is_asset_exposed: true },
  };
  const due = dueWords('2026-11-26T12:00:00Z', new Date('2026-11-24T12:00:00Z'));
  expect(decisionWords(told, due)).toBe('Known exploited, automatable, total impact: 3 days, due Thursday 26 November');
  expect(decisionWords({ ...told, decision: { ...told.decision, days: null } }, null)).toMatch(
    /: with the next upgrade$/,
  );
  expect(basisWords({ ...told.decision, is_certain: false, is_asset_exposed: null })).toMatch(
    /unknown whether the internet/,
  );
  const own: Decision['decision'] = { ...told.decision, basis: 'sla' };
  expect(decisionWords({ ...told, decision: own }, null)).toBe('Known exploited, severity unknown: 3 days');
  expect(basisWords(own)).toBe('by your table of due dates');
});

test('what nobody knows is called unknown', () => {
  expect(decisionWords(unknown, null)).toBe('Attacks not looked up, severity unknown: with the next upgrade');
});

test('a day that is over is told as such, and a far one with its year', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(dueWords(null, now)).toBeNull();
  expect(dueWords('2026-11-20T12:00:00Z', now)).toBe('overdue since Friday 20 November');
  expect(dueWords('2025-01-03T12:00:00Z', now)).toBe('overdue since 3 January 2025');
});

test('scores have words, and likelihoods are never rounded to nothing', () => {
  expect([0, 3.9, 4, 7, 9].map(levelOf)).toEqual(['none', 'low', 'medium', 'high', 'critical']);
  expect([0, 0.00043, 0.0041, 0.943].map(likelihoodWords)).toEqual(['0.0%', '<0.1%', '0.4%', '94.3%']);
});

import type { Decision } from '@flotilla/contract/vulnerabilities';
import { expect, test } from 'vitest';
import { decisionWords } from './decision-words.ts';
import { levelOf, likelihoodWords } from './severity-words.ts';

const unknown: Decision = {
  cve: 'CVE-2024-0001',
  published: { at: null, feed: null },
  description: { text: null, feed: null },
  severity: { level: null, cvss_score: null, cvss_version: null, feed: null },
  epss: null,
  exploitation: { is_known: null, since: null, due: null, in_ransomware: null, feed: null },
  ssvc: { is_automatable: null, technical_impact: null, feed: null },
  decision: { days: 3, needs_forensics: true, is_certain: false },
};

test('a decision is told with what decides', () => {
  const told: Decision = {
    ...unknown,
    exploitation: { ...unknown.exploitation, is_known: true },
    ssvc: { is_automatable: true, technical_impact: 'total', feed: 'cisa-vulnrichment' },
    decision: { days: 3, needs_forensics: false, is_certain: true },
  };
  expect(decisionWords(told)).toBe('Known exploited, automatable, total impact: mend within 3 days');
  expect(decisionWords({ ...told, decision: { ...told.decision, days: null } })).toMatch(
    /: mend with the next upgrade$/,
  );
});

test('what nobody knows is called unknown', () => {
  expect(decisionWords(unknown)).toBe(
    'Attacks not looked up, unknown whether automatable, unknown impact: undecided, at the strictest within 3 days and look for signs of attacks',
  );
});

test('scores have words, and likelihoods are never rounded to nothing', () => {
  expect([0, 3.9, 4, 7, 9].map(levelOf)).toEqual(['none', 'low', 'medium', 'high', 'critical']);
  expect([0, 0.00043, 0.0041, 0.943].map(likelihoodWords)).toEqual(['0.0%', '<0.1%', '0.4%', '94.3%']);
});

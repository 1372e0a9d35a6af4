import type { Action } from '@flotilla/contract/actions';
import type { VulnerabilitySummary } from '@flotilla/contract/vulnerabilities';
import { aligned } from '../aligned.ts';

const DAY_MS = 86_400_000;

/** Actions for a person, a line each. */
export function actionsTable(actions: readonly Action[], now: number): string {
  const rows = actions.map((action) => {
    const about = action.is_exact ? '' : '~';
    return [
      plain(action.name),
      action.context,
      action.fix_version === null ? 'no fix known' : plain(action.fix_version),
      `${about}${action.hosts_count}`,
      `${about}${action.findings_count}`,
      `${action.exploited_count}`,
      action.severity ?? 'not rated',
      dueWords(action.due_at, now),
      `${Math.round(action.exposure)}`,
      action.rollout_id !== null ? 'rollout under way' : action.packages.length > 0 ? 'ready' : '',
    ];
  });
  const heading = ['UPDATE', 'FOR', 'TO', 'HOSTS', 'FINDINGS', 'EXPLOITED', 'WORST', 'DUE', 'EXPOSURE', 'PACKAGE'];
  return aligned([heading, ...rows], [3, 4, 5, 8]);
}

/** Vulnerabilities for a person, a line each. */
export function vulnerabilitiesTable(vulnerabilities: readonly VulnerabilitySummary[]): string {
  const rows = vulnerabilities.map((one) => [
    plain(one.cve),
    one.cvss_score?.toFixed(1) ?? 'unknown',
    one.epss_probability === null ? 'unknown' : `${(one.epss_probability * 100).toFixed(1)}%`,
    one.cisa_known_exploit ? 'exploited' : '',
    `${one.hosts_count}`,
    one.cve_published?.slice(0, 10) ?? 'unknown',
  ]);
  return aligned([['CVE', 'CVSS', 'EPSS', 'KNOWN', 'HOSTS', 'PUBLISHED'], ...rows], [1, 2, 4]);
}

/** Names come from hosts: nothing in them may move the terminal's cursor. */
const plain = (text: string) => text.replace(/\p{C}+/gu, ' ');

function dueWords(at: string | null, now: number): string {
  if (at === null) return '';
  const days = Math.floor((Date.parse(at) - now) / DAY_MS);
  return days < 0 ? `${-days} d overdue` : `in ${days} d`;
}

import type { Decision } from '@flotilla/contract/vulnerabilities';
import { counted } from '../pieces/words.ts';

/** What decides and by when it is to be mended: "Known exploited, automatable, total impact: 3 days, due Thursday 26 November". */
export function decisionWords({ severity, epss, exploitation, ssvc, decision }: Decision, due: string | null): string {
  const { basis, days, is_certain, needs_forensics } = decision;
  const exploited = known(exploitation.is_known, [
    'Known exploited',
    'Not known to be exploited',
    'Attacks not looked up',
  ]);
  const level = severity.level === null ? 'severity unknown' : `${severity.level} severity`;
  const others =
    basis === 'bod-26-04'
      ? [
          known(ssvc.is_automatable, ['automatable', 'not automatable', 'unknown whether automatable']),
          ssvc.technical_impact === null ? 'unknown impact' : `${ssvc.technical_impact} impact`,
        ]
      : [level, ...(basis === 'sla' && epss ? [`${(epss.probability * 100).toFixed(1)} % likely attacked`] : [])];
  const strictest = basis === 'bod-26-04' && !is_certain ? 'at the strictest ' : '';
  const by = days === null ? 'with the next upgrade' : strictest + counted(days, 'day');
  const signs = needs_forensics ? ', and look for signs of attacks' : '';
  return `${[exploited, ...others].join(', ')}: ${by}${due === null ? '' : `, ${due}`}${signs}`;
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** When it is due on the first host: "due Thursday 26 November", "overdue since 3 January 2025". */
export function dueWords(firstDue: string | null, now: Date): string | null {
  if (firstDue === null) return null;
  const at = new Date(firstDue);
  const isNear = Math.abs(at.getTime() - now.getTime()) < 180 * 86_400_000;
  const date = (isNear ? day : dayOfYear).format(at).replace(',', '');
  return at < now ? `overdue since ${date}` : `due ${date}`;
}

/** Whose rule it is, and what is open about it. */
export function basisWords({ basis, is_certain, is_asset_exposed }: Decision['decision']): string {
  if (basis === 'sla') return 'by your table of due dates';
  if (basis === 'severity') return 'by severity, as what CISA’s directive BOD 26-04 asks for is not told of it';
  if (is_certain) return 'by CISA’s directive BOD 26-04';
  const open = is_asset_exposed === null ? 'unknown whether the internet reaches the hosts' : 'not all is known';
  return `by CISA’s directive BOD 26-04; ${open}`;
}

/** Of a question with three answers. */
export function known(answer: boolean | null, [yes, no, unknown]: readonly [string, string, string]): string {
  if (answer === null) return unknown;
  return answer ? yes : no;
}

import type { Decision } from '@flotilla/contract/vulnerabilities';
import { counted } from '../pieces/words.ts';

/** What decides and by when it is to be mended: "Known exploited, automatable, total impact: mend within 3 days". */
export function decisionWords({ exploitation, ssvc, decision }: Decision): string {
  const inputs = [
    known(exploitation.is_known, ['Known exploited', 'Not known to be exploited', 'Attacks not looked up']),
    known(ssvc.is_automatable, ['automatable', 'not automatable', 'unknown whether automatable']),
    ssvc.technical_impact === null ? 'unknown impact' : `${ssvc.technical_impact} impact`,
  ].join(', ');
  const by = decision.days === null ? 'with the next upgrade' : `within ${counted(decision.days, 'day')}`;
  const signs = decision.needs_forensics ? ' and look for signs of attacks' : '';
  return decision.is_certain ? `${inputs}: mend ${by}${signs}` : `${inputs}: undecided, at the strictest ${by}${signs}`;
}

/** Of a question with three answers. */
export function known(answer: boolean | null, [yes, no, unknown]: readonly [string, string, string]): string {
  if (answer === null) return unknown;
  return answer ? yes : no;
}

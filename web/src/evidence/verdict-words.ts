import type { Explanation } from '@flotilla/contract/explanation';
import { feedTitle } from '../vulnerabilities/finding-words.ts';
import { releaseWords } from './release-words.ts';

export type Statement = Explanation['statements'][number];
type Range = Statement['ranges'][number];

export const verdictNames: Record<Explanation['verdict'], string> = {
  affected: 'Affected',
  not_affected: 'Not affected',
  unknown: 'Nobody can tell',
  nothing_said: 'Nothing said',
  not_judged: 'Not judged',
};

const reasons: Record<string, string> = {
  undetermined: 'its makers have not found out',
  version_not_comparable: 'its version cannot be compared',
  advisory_not_comparable: 'a version in the record cannot be compared',
  restriction_open: 'what else must be so is not known of the hosts',
  patches_not_reported: 'the patches of the host are not known, and the build alone does not tell',
  other_variant: 'another edition, stream or platform of it is what the record means',
  patched: 'a patch that ends it is installed',
};

/** What came of it all, in one sentence without its first word. */
export function verdictSentence(explanation: Explanation): string {
  const { verdict, reason, detail, cve, software, statements } = explanation;
  const deciding = statements.find(({ role }) => role === 'decides');
  const why = detail?.replace(/\.$/, '') || reasons[reason ?? ''] || 'the record does not say why';
  if (verdict === 'nothing_said') return `no record under any of its names speaks of ${cve}.`;
  if (verdict === 'unknown' || verdict === 'not_judged') return `${why}.`;
  if (!deciding) return `${why}.`;
  if (verdict === 'affected') return `${affectedWords(deciding, software.context)}.`;
  if (reason === 'stated')
    return `${releaseWords(software.context) || feedTitle(deciding.feed)} says that no version of it is.`;
  return `${reason === 'outside_range' ? outsideWords(deciding, software.context) : why}.`;
}

function affectedWords({ ranges, compared, fix_version: fix }: Statement, context: string): string {
  const range = ranges.find(({ standing }) => standing === 'inside');
  if (!range) return fix ? `fixed in ${fix}, which is not installed` : 'no fix is known';
  const { fixed, last_affected: last, introduced, after } = range;
  if (fixed) return `${compared} is before ${fixed}, where ${fixerWords(context)}`;
  if (last)
    return introduced === last
      ? `${compared} is the one version that has it`
      : `${compared} is not after ${last}, the last version that has it`;
  const since = introduced ?? after;
  return since && since !== '0' ? `every version since ${since} has it, and no fix is known` : 'no fix is known';
}

function outsideWords({ ranges, compared }: Statement, context: string): string {
  const [range, ...others] = ranges;
  if (!range) return `${compared} is in no range of the record`;
  if (others.length === 0 && range.fixed && !range.introduced && !range.after)
    return `${compared} is not before ${range.fixed}, where ${fixerWords(context)}`;
  const all = ranges.length > 3 ? `any of the ${ranges.length} ranges` : ranges.map(rangeText).join(', nor ');
  return `${compared} is not ${all}`;
}

const fixerWords = (context: string) => (context ? `${releaseWords(context)} fixed it` : 'it is fixed');

/** Which versions a range holds: "from 1.0 before 1.4.2". */
export function rangeText({ introduced, after, fixed, last_affected }: Range): string {
  if (introduced && introduced === last_affected) return introduced;
  const from = introduced && introduced !== '0' ? `from ${introduced}` : after ? `after ${after}` : '';
  const to = fixed ? `before ${fixed}` : last_affected ? `up to ${last_affected}` : '';
  return [from, to].filter(Boolean).join(' ') || 'every version';
}

export const standingWords: Record<Range['standing'], string> = {
  inside: 'the installed version is in it',
  outside: 'the installed version is not in it',
  version_not_comparable: 'the installed version cannot be compared',
  advisory_not_comparable: 'its bounds are no versions',
};

/** Why a statement did not decide. */
export const roleWords: Record<Statement['role'], string> = {
  decides: 'Decides',
  outweighed: 'Says the same as what decided, or something less bad',
  set_aside: 'Set aside: the distribution’s other statements tell more',
  preceded: 'Set aside: a feed that comes before it speaks, too',
  silent: 'Speaks of other software under the same name',
};

/** What a statement by itself comes to. */
export function said({ verdict }: Statement): string {
  if (verdict === null) return 'Nothing of this software';
  return verdict === 'unknown' ? 'Unknown' : verdictNames[verdict];
}

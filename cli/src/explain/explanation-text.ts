import type { Explanation } from '@flotilla/contract/explanation';

type Statement = Explanation['statements'][number];
type Range = Statement['ranges'][number];

/** A whole chain of reasoning in plain words, for a terminal. */
export function explanationText(explained: Explanation): string {
  const { software, identity, keys, statements } = explained;
  const { purl, source_package: source, cpes, rule, rule_reason: why, confidence } = identity;
  return plain([
    `${software.name} ${software.version}${software.context && ` on ${software.context}`}: ${verdictWords(explained)}`,
    '',
    'What it is',
    ...field('Package URL', purl),
    ...field('Source', source && `${source.name} ${source.version}`),
    ...field('CPE', cpes.join(', ')),
    ...field('Named by', rule && `the rule ${rule}`, why),
    ...field('Confidence', confidence),
    '',
    'Looked up as',
    ...(keys.length === 0 ? ['  nothing'] : []),
    ...keys.map(({ key, is_covered }) => `  ${key}${is_covered ? '' : ', where no feed has anything'}`),
    '',
    `What feeds say of ${explained.cve} under these names`,
    ...(statements.length === 0 ? ['  nothing'] : []),
    ...statements.flatMap(statementLines),
  ]);
}

const verdictWords = ({ cve, verdict, reason, detail, fix_version }: Explanation): string => {
  const why = detail ?? (reason && words(reason));
  if (verdict === 'affected')
    return `affected by ${cve}, ${fix_version ? `fixed in ${fix_version}` : 'no fix is known'}`;
  if (verdict === 'not_affected') return `not affected by ${cve}${why ? `: ${why}` : ''}`;
  if (verdict === 'unknown') return `nobody can tell whether ${cve} is in it: ${why}`;
  if (verdict === 'not_judged') return `not judged: ${why}`;
  return `no feed says anything about it and ${cve}`;
};

const roles: Record<Statement['role'], string> = {
  decides: 'decides',
  outweighed: 'agrees, or says something less bad',
  set_aside: 'does not count: other statements of the distribution tell more',
  preceded: 'does not count: a feed that comes before it speaks, too',
  silent: 'does not count: it speaks of other software',
};

function statementLines(said: Statement): string[] {
  const { identity } = said;
  return [
    `  ${said.feed}, ${said.advisory}: ${roles[said.role]}`,
    ...field('Verdict', said.verdict && words(said.verdict), said.detail ?? (said.reason && words(said.reason))),
    ...field('Found as', said.key),
    ...field('Compared', said.compared, `by the rules of ${said.comparator}`),
    ...field('Identity', identity && `${words(identity.name)}, ${words(identity.version)}`, said.confidence),
    ...said.ranges.flatMap((range) => field('Affected', rangeWords(range), words(range.standing))),
    ...(said.kind === 'ranges' ? [] : field('Says', words(said.kind))),
    ...field('Ended by', said.ended_by.join(', ')),
    ...said.only.flatMap((each) => field('Only', each)),
    ...field('Fixed in', said.fix_version),
    ...field('Remark', said.remark && words(said.remark)),
  ];
}

export function rangeWords({ introduced, after, fixed, last_affected }: Range): string {
  const from = introduced ? `from ${introduced}` : after ? `after ${after}` : '';
  const to = fixed ? `before ${fixed}` : last_affected ? `up to ${last_affected}` : '';
  if (introduced && introduced === last_affected) return introduced;
  return [from, to].filter(Boolean).join(' ') || 'all versions';
}

const words = (name: string) => name.replaceAll('_', ' ');
const field = (name: string, value: string | null, more?: string | null): string[] =>
  value ? [`    ${name.padEnd(12)}${value}${more ? ` (${more})` : ''}`] : [];

/** Names and versions are what hosts report: a terminal must not obey what is in them. */
const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll(/\p{Cc}/gu, ' ')).join('\n');

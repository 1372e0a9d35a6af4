/** The four questions of CISA's directive; undefined where nobody knows the answer. */
export interface Bod2604Inputs {
  isKnownExploited?: boolean;
  isAssetExposed?: boolean;
  isAutomatable?: boolean;
  technicalImpact?: 'partial' | 'total';
}

/** By when it is to be mended: in so many days, or null for with the next upgrade. */
export interface Bod2604Response {
  days: number | null;
  /** Signs that it was used are to be looked for as well. */
  needsForensics: boolean;
}

export interface Bod2604Decision extends Bod2604Response {
  /** Whether every question was answered, or the open ones change nothing; if not, this is the strictest that may be right. */
  isCertain: boolean;
}

const nextUpgrade: Bod2604Response = { days: null, needsForensics: false };
const in60Days: Bod2604Response = { days: 60, needsForensics: false };
const in14Days: Bod2604Response = { days: 14, needsForensics: false };
const in3Days: Bod2604Response = { days: 3, needsForensics: false };
const in3DaysWithForensics: Bod2604Response = { days: 3, needsForensics: true };

const strictestFirst = [in3DaysWithForensics, in3Days, in14Days, in60Days, nextUpgrade];

/** By known exploited, asset exposed, automatable, total impact. Binding Operational Directive 26-04, table of due times. */
const responses: Readonly<Record<string, Bod2604Response>> = {
  'no,no,no,no': nextUpgrade,
  'no,no,no,yes': nextUpgrade,
  'no,no,yes,no': in60Days,
  'no,no,yes,yes': in60Days,
  'no,yes,no,no': in60Days,
  'no,yes,no,yes': in14Days,
  'no,yes,yes,no': in14Days,
  'no,yes,yes,yes': in3Days,
  'yes,no,no,no': in14Days,
  'yes,no,no,yes': in14Days,
  'yes,no,yes,no': in14Days,
  'yes,no,yes,yes': in3DaysWithForensics,
  'yes,yes,no,no': in14Days,
  'yes,yes,no,yes': in3DaysWithForensics,
  'yes,yes,yes,no': in3Days,
  'yes,yes,yes,yes': in3DaysWithForensics,
};

/** What the directive asks for. */
export function decideBod2604(inputs: Bod2604Inputs): Bod2604Decision {
  const { isKnownExploited, isAssetExposed, isAutomatable, technicalImpact } = inputs;
  const isTotal = technicalImpact === undefined ? undefined : technicalImpact === 'total';
  const answers = [isKnownExploited, isAssetExposed, isAutomatable, isTotal].map(possibilities);
  const possible = new Set(combinations(answers).map((answer) => responses[answer.join()]));
  const strictest = strictestFirst.find((response) => possible.has(response)) ?? in3DaysWithForensics;
  return { ...strictest, isCertain: possible.size === 1 };
}

const possibilities = (answer: boolean | undefined): string[] =>
  answer === undefined ? ['no', 'yes'] : [answer ? 'yes' : 'no'];

const combinations = (answers: readonly string[][]): string[][] =>
  answers.reduce<string[][]>((all, next) => all.flatMap((head) => next.map((each) => [...head, each])), [[]]);

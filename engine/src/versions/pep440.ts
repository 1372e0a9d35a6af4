import { compareLists } from './lists.ts';
import { compareNumbers, compareTexts } from './numbers.ts';
import { isDigits, type Numeral, numeral, withoutZerosAtEnd } from './numerals.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';

/** The parts of a version in the order in which they decide. */
export interface Pep440Version {
  epoch: Numeral;
  /** Without zeros at its end: 1.0 is 1. */
  release: Numeral[];
  /** Rank and number of the pre-release, of the post-release and of the development release. */
  suffix: Numeral[];
  /** Empty for a version that is not a local one. */
  local: string[];
}

const form = new RegExp(
  [
    '^v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)',
    '(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]+)?)?',
    '(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]+)?)?',
    '(?:[-_.]?(dev)[-_.]?([0-9]+)?)?',
    '(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$',
  ].join(''),
);

const ranks: Record<string, Numeral> = {
  alpha: '1',
  a: '1',
  beta: '2',
  b: '2',
  preview: '3',
  pre: '3',
  c: '3',
  rc: '3',
};

/**
 * Versions of Python packages: PEP 440, now in the specifications of packaging.python.org, with all spellings that it
 * asks tools to take. Written here, because the PEP's own grammar is one expression and the order three lists.
 */
export const pep440: VersionScheme<Pep440Version> = { parse, compare };

function parse(text: string): Pep440Version | Unparsable {
  const [, epoch = '0', release, pre, preNumber, implicitPost, post, postNumber, dev, devNumber, local] =
    form.exec(text.trim().toLowerCase()) ?? [];
  if (release === undefined) return { problem: 'this is no version by PEP 440' };
  const isPost = post !== undefined || implicitPost !== undefined;
  // A development release of no pre- or post-release comes before all pre-releases, a release after them.
  const preRank = pre === undefined ? (dev !== undefined && !isPost ? '0' : '4') : (ranks[pre] ?? '4');
  return {
    epoch: numeral(epoch),
    release: withoutZerosAtEnd(release.split('.').map(numeral)),
    suffix: [preRank, preNumber, isPost ? '1' : '0', implicitPost ?? postNumber, dev ? '0' : '1', devNumber].map(
      (digits = '0') => numeral(digits),
    ),
    local: local?.split(/[-_.]/).map((segment) => (isDigits(segment) ? numeral(segment) : segment)) ?? [],
  };
}

function compare(a: Pep440Version, b: Pep440Version): Order {
  return (
    compareNumbers(a.epoch, b.epoch) ||
    compareLists(a.release, b.release, compareNumbers) ||
    compareLists(a.suffix, b.suffix, compareNumbers) ||
    compareLists(a.local, b.local, compareLocalSegments)
  );
}

/** Words before numbers. */
function compareLocalSegments(a: string, b: string): Order {
  const isNumber = isDigits(a);
  if (isNumber !== isDigits(b)) return isNumber ? 1 : -1;
  return isNumber ? compareNumbers(a, b) : compareTexts(a, b);
}

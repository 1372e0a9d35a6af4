import { compareNumbers, endOfDigits, isDigit, isLetter } from './numbers.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';

/** `epoch:upstream-revision`; an absent epoch is 0, an absent revision is empty. */
export interface DpkgVersion {
  epoch: number;
  upstream: string;
  revision: string;
}

const LARGEST_EPOCH = 2 ** 31 - 1;

const space = /[ \t\n\v\f\r]/;
const oddInUpstream = /[^A-Za-z0-9.+~:-]/;
const oddInRevision = /[^A-Za-z0-9.+~]/;

/**
 * Versions of Debian and what descends from it. Rules: deb-version(7), Debian Policy 5.6.12. Accepted is exactly what
 * `dpkg --validate-version` calls valid; what it only warns of (`v1.0`) has no order here, as no archive would take it.
 */
export const dpkg: VersionScheme<DpkgVersion> = { parse, compare };

function parse(text: string): DpkgVersion | Unparsable {
  const whole = withoutOuterSpace(text);
  if (whole === '') return { problem: 'the version is empty' };
  if (space.test(whole)) return { problem: 'the version has white space in it' };
  const colon = whole.indexOf(':');
  const epoch = colon === -1 ? 0 : parseEpoch(whole.slice(0, colon));
  if (typeof epoch !== 'number') return epoch;
  const rest = whole.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen);
  const revision = hyphen === -1 ? '' : rest.slice(hyphen + 1);
  if (hyphen !== -1 && revision === '') return { problem: 'nothing follows the last hyphen' };
  if (upstream === '') return { problem: 'the upstream version is empty' };
  if (!isDigit(upstream.charCodeAt(0))) return { problem: 'the upstream version does not start with a digit' };
  if (oddInUpstream.test(upstream)) return { problem: 'the upstream version has a character that is not allowed' };
  if (oddInRevision.test(revision)) return { problem: 'the revision has a character that is not allowed' };
  return { epoch, upstream, revision };
}

/** Cuts off white space in C's sense, as dpkg does; `trim` would take more, and a pattern can take quadratic time. */
function withoutOuterSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.test(text.charAt(start))) start++;
  while (end > start && space.test(text.charAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function parseEpoch(text: string): number | Unparsable {
  // dpkg reads the epoch with strtol, which takes a sign.
  if (!/^[+-]?[0-9]+$/.test(text)) return { problem: 'the epoch is not a number' };
  const epoch = Number(text);
  if (epoch < 0) return { problem: 'the epoch is negative' };
  if (epoch > LARGEST_EPOCH) return { problem: 'the epoch is too big' };
  return epoch;
}

function compare(a: DpkgVersion, b: DpkgVersion): Order {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return compareTexts(a.upstream, b.upstream) || compareTexts(a.revision, b.revision);
}

/** Stretches without digits and stretches of digits take turns, until one of them differs. */
function compareTexts(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a.charCodeAt(i))) || (j < b.length && !isDigit(b.charCodeAt(j)))) {
      const difference = weightAt(a, i++) - weightAt(b, j++);
      if (difference !== 0) return difference < 0 ? -1 : 1;
    }
    const endOfA = endOfDigits(a, i);
    const endOfB = endOfDigits(b, j);
    const order = compareNumbers(a.slice(i, endOfA), b.slice(j, endOfB));
    if (order !== 0) return order;
    i = endOfA;
    j = endOfB;
  }
  return 0;
}

/** `~` sorts before the end of the text, letters after it, all other characters after the letters. */
function weightAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  const code = text.charCodeAt(at);
  if (isDigit(code)) return 0;
  if (code === 126) return -1;
  return isLetter(code) ? code : code + 256;
}

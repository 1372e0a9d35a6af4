import type { Affected, VersionRange } from '@flotilla/engine/advisories/advisory';
import { judgeRanges } from '@flotilla/engine/matching/judge-ranges';
import { toSingle } from '@flotilla/engine/matching/statements';
import { recordsIn } from '../json/is-record.ts';
import { type OsvAffected, textsOf } from './osv-record.ts';

/**
 * The versions that are affected: those in any range, and those of the list. A listed version that no range holds becomes a
 * range of its own.
 * @returns null when there is neither
 */
export function toRanges({ ranges, versions }: OsvAffected, scheme: Affected['scheme']): VersionRange[] | null {
  const spans = recordsIn(ranges).flatMap((range) => (range.type === 'GIT' ? [] : spansOf(recordsIn(range.events))));
  const listed = textsOf(versions);
  if (spans.length === 0 && listed.length === 0) return null;
  const said = toSingle({ key: '', scheme, statement: 'ranges', ranges: spans });
  // A version that cannot be ordered stays unknown, with the range or without.
  const outside = listed.filter((version) => judgeRanges(version, said).standing === 'outside');
  return [...spans, ...outside.map((version) => ({ introduced: version, lastAffected: version }))];
}

/**
 * Events follow each other in the order of versions. A span begins with `introduced` and ends with the next event of another
 * kind; what comes after an end and is no beginning says nothing new.
 */
function spansOf(events: Record<string, unknown>[]): VersionRange[] {
  const spans: VersionRange[] = [];
  let open: VersionRange | null = null;
  for (const event of events) {
    const introduced = text(event.introduced);
    if (introduced !== null) {
      open = introduced === '0' ? {} : { introduced };
      spans.push(open);
      continue;
    }
    const end = endOf(event);
    if (open && end) Object.assign(open, end);
    if (end) open = null;
  }
  return spans;
}

/** Versions from a limit on are not spoken of; the format calls them unaffected. No limit at all is written as a star. */
function endOf(event: Record<string, unknown>): VersionRange | null {
  const [fixed, last, limit] = [text(event.fixed), text(event.last_affected), text(event.limit)];
  if (fixed !== null) return { fixed };
  if (last !== null) return { lastAffected: last };
  return limit !== null && limit !== '*' ? { fixed: limit } : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

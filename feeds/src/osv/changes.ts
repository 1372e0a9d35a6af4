import type { FeedFile } from '../feed.ts';
import { readLines } from '../text/read-lines.ts';

/** Records that changed since the archive that is in use was new. */
export interface Changes {
  /** Which archive they go with: it stays the same for a week, and then is fetched anew. */
  edition: string;
  /** Ids of the records, the newest change first, and when each changed. */
  records: readonly { id: string; modified: string }[];
}

const DAY = 24 * 3600 * 1000;
const WEEK = 7 * DAY;
/** The list may be ahead of the archive, by minutes as far as is known. */
const OVERLAP = DAY;
/** One request each: beyond these, the archive costs less. */
const MOST = 300;
const LONGEST_LINE = 1024 ** 2;

const line = /^(\d{4}-\d\d-\d\dT[\d:.]+Z),([\w.:-]{1,200})$/;

/**
 * What a list of changes, `modified,id` with the newest first, says beyond the week's archive.
 * @returns null when there are none, or so many that the archive is better fetched anew
 */
export async function readChanges(list: AsyncIterable<Uint8Array>): Promise<Changes | null> {
  const records: { id: string; modified: string }[] = [];
  let week: number | null = null;
  for await (const text of readLines(list, LONGEST_LINE)) {
    const [, modified = '', id = ''] = line.exec(text) ?? [];
    const time = Date.parse(modified);
    if (Number.isNaN(time)) return null;
    week ??= Math.floor(time / WEEK);
    if (time < week * WEEK - OVERLAP) break;
    records.push({ id, modified });
    if (records.length > MOST) return null;
  }
  return week === null ? null : { edition: `week ${week}`, records };
}

/** A changed record, beside the archive of its ecosystem. */
export function fileOf({ id, modified }: Changes['records'][number], archive: FeedFile): FeedFile {
  const besides = (place: string, name: string) => place.replace(/[^/]*$/, name);
  const name = `${id.replaceAll(':', '_')}.json`;
  return {
    name,
    upstream: besides(archive.upstream ?? '', `${encodeURIComponent(id)}.json`),
    mirrorPaths: archive.mirrorPaths.map((path) => besides(path, name)),
    edition: modified,
    isOptional: true,
  };
}

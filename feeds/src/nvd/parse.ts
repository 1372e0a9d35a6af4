import type { FeedFiles, FeedItem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { type RecordsEntry, readRecords } from '../nvd-records/read-records.ts';
import { cveIdOf, toItems } from '../nvd-records/to-items.ts';
import { describeFile, metaOf, modified, readMeta } from './nvd-files.ts';

const FEED = 'nvd';
const YEARS = Array.from({ length: 98 }, (_, place) => String(2002 + place));

interface Source {
  files: FeedFiles;
  largestRecord: number;
}

/**
 * Every CVE once. What changed of late is in its year's file and in that of changes: the newer record counts, so the changes
 * are read twice, at first only to know when they were made.
 */
export async function* parse(files: FeedFiles, largestRecord: number): AsyncGenerator<FeedItem> {
  const source = { files, largestRecord };
  const changes = new Map<string, string>();
  let published = '';
  for await (const entry of read(source, modified)) {
    if (entry && 'timestamp' in entry) published = instantOf(entry.timestamp) ?? '';
    const id = entry && 'cve' in entry && cveIdOf(entry.cve);
    if (id) changes.set(id, lastModified(entry.cve));
  }
  for (const year of YEARS) {
    for await (const entry of read(source, year)) {
      if (!entry) yield { record: year, problem: 'an entry without a record' };
      else if ('timestamp' in entry) published = newer(published, instantOf(entry.timestamp) ?? '');
      else if (isNewest(entry.cve, changes)) yield* toItems(FEED, entry.cve);
    }
  }
  for await (const entry of read(source, modified)) {
    if (!entry) yield { record: modified, problem: 'an entry without a record' };
    else if ('cve' in entry && changes.has(String(entry.cve.id))) yield* toItems(FEED, entry.cve);
  }
  if (published) yield { published };
}

/** Whether a year's record is what counts: it then takes the place of the change, if there is one. */
function isNewest(cve: Record<string, unknown>, changes: Map<string, string>): boolean {
  const change = changes.get(String(cve.id));
  if (change === undefined) return true;
  return change < lastModified(cve) && changes.delete(String(cve.id));
}

const lastModified = (cve: Record<string, unknown>) => instantOf(cve.lastModified) ?? '';

const newer = (a: string, b: string) => (a > b ? a : b);

async function* read({ files, largestRecord }: Source, part: string): AsyncGenerator<RecordsEntry> {
  const { name } = describeFile(part, 'json');
  if (!files.has(name)) return;
  const sha256 = files.has(metaOf(part).name) ? await readMeta(files, part) : null;
  try {
    yield* readRecords({ bytes: files.open(name), sha256, largestRecord });
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

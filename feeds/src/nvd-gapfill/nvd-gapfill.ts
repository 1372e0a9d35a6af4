import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { readRecords } from '../nvd-records/read-records.ts';
import { toItems } from '../nvd-records/to-items.ts';

const FEED = 'nvd-gapfill';
const limits = { bytes: 256 * 1024 ** 2, recordBytes: 1024 ** 2, seconds: 300 };

const records: FeedFile = {
  name: 'nvdcve-2.0-gapfill-ubuntu-tracker.json',
  upstream: null,
  mirrorPaths: ['nvd/gapfill/nvdcve-2.0-gapfill-ubuntu-tracker.json.gz'],
  isOptional: true,
};

/**
 * Programs that NVD was late with, in NVD's form, computed from the versions that Ubuntu's tracker says have the fix. Nobody
 * publishes it.
 */
export const nvdGapfill: Feed = {
  title: 'Fixed versions of programs from the Ubuntu CVE tracker, where NVD is late',
  tells: 'advisories',
  scopes: ['cpe:'],
  schedule: { everyMinutes: 1440 },
  limits,
  fetch: (fetcher) => fetcher.file(records),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  if (!files.has(records.name)) return;
  const bytes = files.open(records.name);
  for await (const entry of readRecords({ bytes, sha256: null, largestRecord: limits.recordBytes })) {
    if (!entry) yield { record: records.name, problem: 'an entry without a record' };
    else if ('cve' in entry) yield* toItems(FEED, entry.cve, true);
    else {
      const published = instantOf(entry.timestamp);
      if (published) yield { published };
    }
  }
}

import type { Feed, FeedFiles, FeedItem } from '../feed.ts';
import { recordsIn } from '../json/is-record.ts';
import { readRecords } from '../nvd-records/read-records.ts';
import { toItems } from '../nvd-records/to-items.ts';
import { documentsOf, fetchBackup } from './backup.ts';

const FEED = 'vulncheck-nvd';
const backup = { name: 'nist-nvd2' };
const limits = { bytes: 16 * 1024 ** 3, recordBytes: 512 * 1024 ** 2, seconds: 1800 };

/** NVD's records with configurations of VulnCheck. Of those that NVD has none for yet; whatever NVD says counts instead. */
export const vulncheckNvd: Feed = {
  title: 'Configurations that NVD lacks, from VulnCheck NVD++',
  tells: 'advisories',
  scopes: ['cpe:'],
  token: 'vulncheck',
  schedule: { everyMinutes: 720 },
  limits,
  fetch: (fetcher) => fetchBackup(fetcher, backup),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  for await (const bytes of documentsOf(files, backup)) {
    for await (const entry of readRecords({ bytes, sha256: null, largestRecord: limits.recordBytes })) {
      if (!entry) yield { record: backup.name, problem: 'an entry without a record' };
      else if ('cve' in entry && isGap(entry.cve)) {
        yield* toItems(FEED, { ...entry.cve, configurations: entry.cve.vcConfigurations });
      }
    }
  }
}

const isGap = ({ configurations, vcConfigurations }: Record<string, unknown>) =>
  recordsIn(configurations).length === 0 && recordsIn(vcConfigurations).length > 0;

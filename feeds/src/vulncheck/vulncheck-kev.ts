import type { Feed, FeedFiles, FeedItem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';
import { textsOf } from '../osv/osv-record.ts';
import { documentsOf, fetchBackup } from './backup.ts';

const FEED = 'vulncheck-kev';
const backup = { name: 'vulncheck-kev' };
const limits = { bytes: 2 * 1024 ** 3, recordBytes: 256 * 1024 ** 2, seconds: 600 };

/** Vulnerabilities that VulnCheck has reports of being used in attacks: more than CISA's, with no day to mend them by. */
export const vulncheckKev: Feed = {
  title: 'VulnCheck known exploited vulnerabilities',
  tells: 'advisories',
  scopes: [],
  token: 'vulncheck',
  schedule: { everyMinutes: 360 },
  limits,
  fetch: (fetcher) => fetchBackup(fetcher, backup),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const told = new Set<string>();
  for await (const bytes of documentsOf(files, backup)) {
    for await (const { path, value } of splitJson(bytes, { depth: 1, largestPiece: limits.recordBytes })) {
      if (path.length > 0) yield* toItems(value, `entry ${path[0]}`, told);
    }
  }
}

/** An entry may name several vulnerabilities, and another one of them again: the first counts. */
function* toItems(entry: unknown, place: string, told: Set<string>): Generator<FeedItem> {
  const { cve, date_added: added, knownRansomwareCampaignUse: ransomware } = isRecord(entry) ? entry : {};
  const ids = textsOf(cve).filter((id) => /^CVE-\d{4}-\d{4,}$/.test(id));
  if (ids.length === 0) return yield { record: place, problem: 'no CVE id' };
  const time = typeof added === 'string' ? Date.parse(added) : Number.NaN;
  if (Number.isNaN(time)) return yield { record: String(ids[0]), problem: 'no date when it was added' };
  const since = new Date(time).toISOString().slice(0, 10);
  const exploitation = { since, due: null, inRansomware: ransomware === 'Known' };
  for (const id of ids) {
    if (told.has(id)) continue;
    told.add(id);
    yield { advisory: { feed: FEED, id, vulnerabilities: [id], aliases: [], affected: [], exploitation } };
  }
}

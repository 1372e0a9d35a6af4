import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';

const limits = { bytes: 256 * 1024 ** 2, recordBytes: 1024 ** 2, seconds: 300 };

const catalogue: FeedFile = {
  name: 'known_exploited_vulnerabilities.json',
  upstream: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  mirrorPaths: ['kev/known_exploited_vulnerabilities.json.gz', 'kev/known_exploited_vulnerabilities.json'],
};

/** Vulnerabilities that CISA knows to be used in attacks. They say nothing about versions, so they affect no key. */
export const cisaKev: Feed = {
  title: 'CISA known exploited vulnerabilities',
  tells: 'advisories',
  scopes: [],
  schedule: { everyMinutes: 120 },
  limits,
  fetch: (fetcher) => fetcher.file(catalogue),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const members = splitJson(files.open(catalogue.name), { depth: 2, largestPiece: limits.recordBytes });
  for await (const { path, value } of members) {
    const [member, place] = path;
    if (member === 'dateReleased') yield toPublication(value);
    if (member === 'vulnerabilities' && place !== undefined) yield toItem(place, value);
  }
}

function toPublication(value: unknown): FeedItem {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return { record: 'dateReleased', problem: 'no date' };
  return { published: new Date(time).toISOString() };
}

/** A day that the calendar has: it is compared and stored as one. */
function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function toItem(place: string, entry: unknown): FeedItem {
  if (!isRecord(entry) || typeof entry.cveID !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(entry.cveID)) {
    return { record: `entry ${place}`, problem: 'no CVE id' };
  }
  const { cveID: id, dateAdded: since, dueDate: due, knownRansomwareCampaignUse: ransomware } = entry;
  if (!isDate(since)) return { record: id, problem: 'no date when it was added' };
  const exploitation = { since, due: isDate(due) ? due : null, inRansomware: ransomware === 'Known' };
  return { advisory: { feed: 'cisa-kev', id, vulnerabilities: [id], aliases: [], affected: [], exploitation } };
}

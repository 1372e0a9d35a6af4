import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { productOf } from '../microsoft/product-of.ts';
import { addReplaced, createUpdates, cureIn, patchOf, toAdvisories, type Updates } from '../microsoft/updates.ts';
import { readCsv } from './read-csv.ts';

const FEED = 'wesng';
const limits = { bytes: 1024 ** 3, recordBytes: 64 * 1024, seconds: 300 };

const rows: FeedFile = {
  name: 'wesng.csv',
  upstream: null,
  mirrorPaths: ['msrc/wesng-CVEs.csv.gz', 'msrc/wesng-CVEs_20260628-2021on.csv.gz'],
  isOptional: true,
};

/** Microsoft's updates as a table of the WES-NG project: patches and what they replace, without the builds that have them. */
export const wesng: Feed = {
  title: "Microsoft's updates of Windows by patch (WES-NG)",
  tells: 'advisories',
  scopes: ['msrc:'],
  schedule: { everyMinutes: 1440 },
  limits,
  fetch: (fetcher) => fetcher.file(rows),
  parse,
};

/** Which patches replace one is only known at the end: until then what each is for is kept, by number. */
async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  if (!files.has(rows.name)) return;
  const updates = createUpdates();
  const ratings = new Map<string, string>();
  let published = '';
  for await (const row of readCsv(files.open(rows.name), limits.recordBytes)) {
    const problem = addRow({ updates, ratings }, row);
    if (problem) yield { record: `${row.CVE} ${row.AffectedProduct}`, problem };
    if (/^\d{8}$/.test(row.DatePosted ?? '') && String(row.DatePosted) > published) published = String(row.DatePosted);
  }
  if (!published) throw new Error('it has no row of an update');
  for (const advisory of toAdvisories(FEED, updates, true)) yield { advisory };
  for (const [id, rating] of ratings) {
    const advisory = { feed: FEED, id, vulnerabilities: [id], aliases: [], affected: [], isDerived: true } as const;
    yield { advisory: { ...advisory, severity: { rating } } };
  }
  yield { published: new Date(published.replace(/^(....)(..)(..)$/, '$1-$2-$3')).toISOString() };
}

interface Collected {
  updates: Updates;
  ratings: Map<string, string>;
}

function addRow({ updates, ratings }: Collected, row: Record<string, string>): string | null {
  const { CVE: id = '', AffectedProduct: name = '', BulletinKB: patch = '', Supersedes: replaced = '' } = row;
  const product = productOf(name);
  if (!product?.isSystem) return null;
  if (!/^(?:CVE-\d{4}-\d{4,}|ADV\d{6})$/.test(id)) return 'no id of a vulnerability';
  if (/^(?:critical|important|moderate|low)$/i.test(row.Severity ?? '')) ratings.set(id, String(row.Severity));
  const cure = cureIn(updates, product, id);
  // Each update has a second row without its number.
  if (patch === '') return null;
  if (!/^\d{6,8}$/.test(patch)) return 'a patch without a number';
  cure.patches.add(patchOf(patch));
  addReplaced(updates, patchOf(patch), replaced);
  return null;
}

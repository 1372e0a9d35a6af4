import { toAffected } from '../cpe/to-affected.ts';
import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { isRecord } from '../json/is-record.ts';
import { cveIdOf } from '../nvd-records/to-items.ts';
import { readDocuments } from './read-documents.ts';

const FEED = 'nvd-overrides';
const limits = { bytes: 2 * 1024 ** 3, recordBytes: 16 * 1024 ** 2, seconds: 900 };

const lines: FeedFile = {
  name: 'overrides.ndjson',
  upstream: null,
  mirrorPaths: ['nvd-overrides/overrides.ndjson.gz', 'nvd-overrides/anchore-nvd-data-overrides-2026.ndjson.gz'],
  isOptional: true,
};

const archive: FeedFile = {
  name: 'overrides.tar',
  upstream: 'https://github.com/anchore/nvd-data-overrides/archive/refs/heads/main.tar.gz',
  mirrorPaths: ['nvd-overrides/main.tar.gz'],
  isOptional: true,
};

/**
 * Configurations that Anchore's analysts wrote where NVD has none yet, or wrong ones. They count instead of those of NVD
 * (`engine/src/matching/precedence.ts`).
 */
export const nvdOverrides: Feed = {
  title: 'NVD data overrides (Anchore)',
  tells: 'advisories',
  scopes: ['cpe:'],
  schedule: { everyMinutes: 720 },
  limits,
  fetch: async (fetcher) => (await fetcher.file(lines)) || fetcher.file(archive),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const file = [lines, archive].find(({ name }) => files.has(name));
  if (!file) return;
  const from = { name: file.name, isArchive: file === archive, largest: limits.recordBytes };
  for await (const { record, value } of readDocuments(files, from)) yield* toItems(record, value);
}

function* toItems(record: string, value: unknown): Generator<FeedItem> {
  if (!isRecord(value) || !isRecord(value._annotation)) return yield { record, problem: 'no override' };
  const { cve_id, published, description } = value._annotation;
  const id = cveIdOf({ id: cve_id });
  if (id === null) return yield { record, problem: 'no CVE id' };
  const { affected, problems } = toAffected(isRecord(value.cve) ? value.cve.configurations : []);
  for (const problem of new Set(problems)) yield { record: id, problem };
  const time = instantOf(published);
  const facts = { ...(time && { published: time }), ...(typeof description === 'string' && { description }) };
  yield { advisory: { feed: FEED, id, vulnerabilities: [id], aliases: [], affected, facts } };
}

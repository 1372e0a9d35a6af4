import { text } from 'node:stream/consumers';
import type { Feed, FeedFile, FeedFiles, FeedItem, Fetcher } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { toAdvisories } from '../microsoft/updates.ts';
import { collect, createCollection } from './collect.ts';
import { FEED } from './to-facts.ts';

const limits = { bytes: 512 * 1024 ** 2, recordBytes: 32 * 1024 ** 2, seconds: 600 };

const index: FeedFile = {
  name: 'updates.json',
  upstream: 'https://api.msrc.microsoft.com/cvrf/v3.0/updates',
  mirrorPaths: ['msrc/updates.json.gz', 'msrc/updates.json'],
  isOptional: true,
};

/** What Microsoft says of its products, a document a month, in JSON after CVRF. */
export const msrc: Feed = {
  title: 'Microsoft Security Response Center (MSRC)',
  tells: 'advisories',
  scopes: ['msrc:', 'cpe:a:microsoft:'],
  schedule: { everyMinutes: 180 },
  limits,
  fetch,
  parse,
};

interface Month {
  /** `2026-Aug` */
  id: string;
  /** When it was last changed; empty where nobody says. */
  changed: string;
}

const documentOf = ({ id, changed }: Month): FeedFile => ({
  name: `${id}.json`,
  upstream: `https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/${id}`,
  mirrorPaths: [`msrc/${id}.json.gz`, `msrc/${id}.json`],
  ...(changed && { edition: changed }),
});

async function fetch(fetcher: Fetcher): Promise<void> {
  if (!(await fetcher.file(index))) return;
  for (const month of await readIndex(fetcher)) await fetcher.file(documentOf(month));
}

/** The months, the one that changed last at the end: what it says of a vulnerability counts. */
async function readIndex(files: Pick<FeedFiles, 'open'>): Promise<Month[]> {
  const list: unknown = JSON.parse(await text(files.open(index.name)));
  const entries = isRecord(list) ? recordsIn(list.value) : [];
  const months = entries.flatMap(({ ID: id, CurrentReleaseDate: changed }) =>
    typeof id === 'string' && /^\d{4}-[A-Za-z]{3}(?:-[A-Z])?$/.test(id)
      ? { id, changed: typeof changed === 'string' ? changed : '' }
      : [],
  );
  return months.sort((a, b) => (a.changed < b.changed ? -1 : 1));
}

/** Patches of later months replace those of earlier ones, so what a product's are is known after the last document. */
async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const collection = createCollection();
  for (const month of await readIndex(files)) {
    const { name } = documentOf(month);
    if (files.has(name)) yield* collect(collection, files.open(name), limits.recordBytes);
  }
  for (const advisory of toAdvisories(FEED, collection.updates)) yield { advisory };
  for (const advisory of collection.facts.values()) yield { advisory };
  if (collection.changed) yield { published: collection.changed };
}

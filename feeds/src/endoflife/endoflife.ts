import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { splitJson } from '../json/split-json.ts';
import { toProduct } from './to-product.ts';

const limits = { bytes: 256 * 1024 ** 2, recordBytes: 4 * 1024 ** 2, seconds: 300 };

/** Schema 1 of the API; it has no number in the file that would matter to us. */
const products: FeedFile = {
  name: 'products-full.json',
  upstream: 'https://endoflife.date/api/v1/products/full/',
  mirrorPaths: ['endoflife/products-full.json.gz', 'endoflife/products-full.json'],
};

/** When releases of products end, kept by the volunteers of endoflife.date. */
export const endOfLife: Feed = {
  title: 'endoflife.date',
  tells: 'lifecycles',
  scopes: [],
  schedule: { everyMinutes: 24 * 60 },
  limits,
  fetch: (fetcher) => fetcher.file(products),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const members = splitJson(files.open(products.name), { depth: 2, largestPiece: limits.recordBytes });
  for await (const { path, value } of members) {
    const [member, place] = path;
    if (member === 'generated_at') yield toPublication(value);
    if (member === 'result' && place !== undefined) yield* toProduct(place, value);
  }
}

function toPublication(value: unknown): FeedItem {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return { record: 'generated_at', problem: 'no date' };
  return { published: new Date(time).toISOString() };
}

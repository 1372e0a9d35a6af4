import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { readElements } from '../xml/read-elements.ts';
import { toItem } from './to-item.ts';

const limits = { bytes: 4 * 1024 ** 3, recordBytes: 32 * 1024 ** 2, seconds: 1800 };

/** Releases with support of any kind, and those to come, to be found as they appear (2026-11-24). */
const releases = ['7', '8', '9', '10', '11'];

const definitions = releases.map((release): FeedFile => {
  const name = `com.oracle.elsa-ol${release}.xml`;
  return {
    name,
    upstream: `https://linux.oracle.com/security/oval/${name}.bz2`,
    mirrorPaths: [`oracle-oval/${name}.bz2`, `oracle-oval/${name}`],
    isOptional: true,
  };
});

/** Oracle's updates of its Linux, a list of OVAL definitions for each release. One update may be in several lists. */
export const oracleOval: Feed = {
  title: 'Oracle Linux errata (OVAL)',
  tells: 'advisories',
  scopes: ['rpm:ol-'],
  schedule: { everyMinutes: 720 },
  limits,
  async fetch(fetcher) {
    for (const file of definitions) await fetcher.file(file);
  },
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const told = new Set<string>();
  for (const { name } of definitions) {
    if (!files.has(name)) continue;
    for await (const definition of readElements(files.open(name), {
      named: 'definition',
      largest: limits.recordBytes,
    })) {
      const item = toItem(definition);
      if ('advisory' in item && told.has(item.advisory.id)) continue;
      if ('advisory' in item) told.add(item.advisory.id);
      yield item;
    }
  }
}

import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { splitJson } from '../json/split-json.ts';
import { toItems } from './to-items.ts';

const limits = { bytes: 64 * 1024 ** 2, recordBytes: 4 * 1024 ** 2, seconds: 120 };

/** Releases of Alpine 3: those that have been and, to be found as they appear, some that are to come (2026-11-24). */
const releases = Array.from({ length: 28 }, (_, place) => `v3.${place + 3}`);
const repositories = ['main', 'community'];

const lists = releases.flatMap((release) =>
  repositories.map((repository) => ({ release, repository, file: fileOf(release, repository) })),
);

function fileOf(release: string, repository: string): FeedFile {
  return {
    name: `${release}-${repository}.json`,
    upstream: `https://secdb.alpinelinux.org/${release}/${repository}.json`,
    mirrorPaths: [`alpine-secdb/${release}/${repository}.json.gz`, `alpine-secdb/${release}/${repository}.json`],
    isOptional: true,
  };
}

/** What Alpine has fixed, by release, repository and package: `{packages: [{pkg: {name, secfixes: {version: [ids]}}}]}`. */
export const alpineSecdb: Feed = {
  title: 'Alpine security database',
  tells: 'advisories',
  scopes: ['apk:alpine-'],
  schedule: { everyMinutes: 240 },
  limits,
  async fetch(fetcher) {
    for (const { file } of lists) await fetcher.file(file);
  },
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  for (const { release, repository, file } of lists) {
    if (!files.has(file.name)) continue;
    const members = splitJson(files.open(file.name), { depth: 2, largestPiece: limits.recordBytes });
    for await (const { path, value } of members) {
      const [member, place] = path;
      if (member !== 'packages' || place === undefined) continue;
      yield* toItems(value, { release, list: `${release}/${repository}`, place });
    }
  }
}

import { text } from 'node:stream/consumers';
import type { Feed, FeedFile, FeedFiles, Fetcher } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';
import { parseReleases } from './parse-releases.ts';

/** A system of Apple, as SOFA has it. */
export interface AppleSystem {
  feed: 'sofa-macos' | 'sofa-ios';
  key: string;
  /** What SOFA calls it. */
  name: 'macOS' | 'iOS';
}

const limits = { bytes: 128 * 1024 ** 2, recordBytes: 32 * 1024 ** 2, seconds: 300 };

/** The security releases of macOS. */
export const sofaMacos = sofa({ feed: 'sofa-macos', key: 'apple:macos', name: 'macOS' });
/** The security releases of iOS and iPadOS, which go by the same numbers. */
export const sofaIos = sofa({ feed: 'sofa-ios', key: 'apple:ios', name: 'iOS' });

const timestamps: FeedFile = { ...fileOf('timestamp'), isOptional: true };

function sofa(system: AppleSystem): Feed {
  const releases = fileOf(`${system.name.toLowerCase()}_data_feed`);
  return {
    title: `Apple's security releases of ${system.name} (SOFA)`,
    tells: 'advisories',
    scopes: [system.key],
    schedule: { everyMinutes: 180 },
    limits,
    fetch: async (fetcher) => {
      const edition = await readUpdateHash(fetcher, system.name);
      return fetcher.file({ ...releases, ...(edition && { edition }) });
    },
    parse: (files: FeedFiles) => parseReleases(system, files.open(releases.name), limits.recordBytes),
  };
}

function fileOf(name: string): FeedFile {
  return {
    name: `${name}.json`,
    upstream: `https://sofafeed.macadmins.io/v1/${name}.json`,
    mirrorPaths: [`sofa/v1/${name}.json.gz`, `sofa/v1/${name}.json`],
  };
}

/** What tells one content of a system's releases from another; null where nobody says. */
async function readUpdateHash(fetcher: Fetcher, system: string): Promise<string | null> {
  if (!(await fetcher.file(timestamps))) return null;
  const systems: unknown = JSON.parse(await text(fetcher.open(timestamps.name)));
  const entry = isRecord(systems) ? systems[system] : null;
  return isRecord(entry) && typeof entry.UpdateHash === 'string' ? entry.UpdateHash : null;
}

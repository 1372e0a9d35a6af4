import { text } from 'node:stream/consumers';
import type { FeedFile, FeedFiles } from '../feed.ts';

/** What changed within the last eight days, in any year. */
export const modified = 'modified';

export function describeFile(part: string, kind: 'json' | 'meta'): FeedFile {
  const name = `nvdcve-2.0-${part}.${kind}`;
  const published = kind === 'json' ? `${name}.gz` : name;
  return {
    name,
    upstream: `https://nvd.nist.gov/feeds/json/cve/2.0/${published}`,
    mirrorPaths: kind === 'json' ? [`nvd/${published}`, `nvd/${name}`] : [`nvd/${name}`],
    isOptional: true,
  };
}

export const metaOf = (part: string) => describeFile(part, 'meta');

/** The SHA-256 of the uncompressed records, in lower case; null where the description has none. */
export async function readMeta(files: Pick<FeedFiles, 'open'>, part: string): Promise<string | null> {
  const [, sha256] = /^sha256:([0-9a-f]{64})\s*$/im.exec(await text(files.open(metaOf(part).name))) ?? [];
  return sha256?.toLowerCase() ?? null;
}

import type { Feed, Fetcher } from '../feed.ts';
import { describeFile, metaOf, modified, readMeta } from './nvd-files.ts';
import { parse } from './parse.ts';

/** Years up to this one may be missing in a mirror; later ones are asked for until one is. */
const LATEST_KNOWN_YEAR = 2026;

/** The National Vulnerability Database: every CVE, with the programs it is in by CPE name. */
export const nvd: Feed = {
  title: 'National Vulnerability Database (NVD)',
  tells: 'advisories',
  // Also for how severe what other feeds find is.
  scopes: [],
  schedule: { everyMinutes: 120 },
  limits: { bytes: 2 * 1024 ** 3, recordBytes: 32 * 1024 ** 2, seconds: 1800 },
  fetch,
  parse: (files) => parse(files, nvd.limits.recordBytes),
};

async function fetch(fetcher: Fetcher): Promise<void> {
  await fetchFile(fetcher, modified);
  // The file of 2002 has the years before, too.
  for (let year = 2002; (await fetchFile(fetcher, String(year))) || year < LATEST_KNOWN_YEAR; year++);
}

/** A file is asked for by the hash that its description gives, and so only when it changed. */
async function fetchFile(fetcher: Fetcher, part: string): Promise<boolean> {
  const isDescribed = await fetcher.file(metaOf(part));
  const edition = isDescribed ? await readMeta(fetcher, part) : null;
  return fetcher.file({ ...describeFile(part, 'json'), ...(edition && { edition }) });
}

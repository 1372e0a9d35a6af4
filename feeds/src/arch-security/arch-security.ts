import type { Affected } from '@flotilla/engine/advisories/advisory';
import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';

const limits = { bytes: 128 * 1024 ** 2, recordBytes: 1024 ** 2, seconds: 120 };

const tracker: FeedFile = {
  name: 'all.json',
  upstream: 'https://security.archlinux.org/all.json',
  mirrorPaths: ['arch-security/all.json.gz', 'arch-security/all.json'],
};

/** What Arch Linux's security team knows: groups of packages that share vulnerabilities, with the version that has the fix. */
export const archSecurity: Feed = {
  title: 'Arch Linux security tracker',
  tells: 'advisories',
  scopes: ['pacman:arch:'],
  schedule: { everyMinutes: 120 },
  limits,
  fetch: (fetcher) => fetcher.file(tracker),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const members = splitJson(files.open(tracker.name), { depth: 1, largestPiece: limits.recordBytes });
  for await (const { path, value } of members) {
    if (path.length > 0) yield toItem(value, `entry ${path[0]}`);
  }
}

function toItem(group: unknown, place: string): FeedItem {
  if (!isRecord(group) || typeof group.name !== 'string' || !/^AVG-\d+$/.test(group.name)) {
    return { record: place, problem: 'no name of a group' };
  }
  const { name: id, status, fixed, severity } = group;
  const packages = textsOf(group.packages, /^[\w@.+-]{1,200}$/);
  const vulnerabilities = textsOf(group.issues, /^[A-Z]+-[\w-]{1,60}$/);
  if (packages.length === 0) return { record: id, problem: 'no packages' };
  const said = statementOf(status, fixed);
  if (!said) return { record: id, problem: 'an unknown status' };
  const affected = packages.map((name): Affected => ({ key: `pacman:arch:${name}`, scheme: 'pacman', ...said }));
  const rating = typeof severity === 'string' && severity !== 'Unknown' ? { severity: { rating: severity } } : {};
  const named = vulnerabilities.length > 0 ? vulnerabilities : [id];
  return { advisory: { feed: 'arch-security', id, vulnerabilities: named, aliases: [], affected, ...rating } };
}

/**
 * The version said to be affected is the newest that the team looked at; those before it had no list of their own and count as
 * affected too. A fix in the testing repository is one.
 */
function statementOf(status: unknown, fixed: unknown): Pick<Affected, 'statement' | 'ranges'> | null {
  switch (status) {
    case 'Fixed':
    case 'Testing':
    case 'Vulnerable':
      return { statement: 'ranges', ranges: [typeof fixed === 'string' && fixed !== '' ? { fixed } : {}] };
    case 'Not affected':
      return { statement: 'not_affected', ranges: [] };
    case 'Unknown':
      return { statement: 'undetermined', ranges: [] };
    default:
      return null;
  }
}

const textsOf = (value: unknown, form: RegExp): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string' && form.test(text)) : [];

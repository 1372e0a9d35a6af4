import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder with tiny feeds, as a mirror has them. */
export interface FeedMirror {
  folder: string;
  /** Says in which version of Debian 12's openssl the vulnerability is fixed. */
  fixOpensslIn(version: string): void;
  /** Leaves a file that ends in the middle. */
  truncateTracker(): void;
}

export const fixedCve = 'CVE-2026-0001';
export const openCve = 'CVE-2026-0002';
export const unimportantCve = 'CVE-2026-0003';
export const undeterminedCve = 'CVE-2026-0004';
/** Exploited elsewhere: no software here is what it is about. */
export const elsewhereCve = 'CVE-2021-44228';

/** Makes a mirror in which openssl is fixed in a version. */
export function createMirror(fixedVersion: string): FeedMirror {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'debian'));
  mkdirSync(join(folder, 'kev'));
  mkdirSync(join(folder, 'endoflife'));
  const writeTracker = (text: string) => writeFileSync(join(folder, 'debian/tracker.json'), text);
  writeFileSync(join(folder, 'kev/known_exploited_vulnerabilities.json'), JSON.stringify(kev));
  writeFileSync(join(folder, 'endoflife/products-full.json'), JSON.stringify(endsOfLife));
  writeTracker(tracker(fixedVersion));
  return {
    folder,
    fixOpensslIn: (version) => writeTracker(tracker(version)),
    truncateTracker: () => writeTracker(tracker('9.9.9').slice(0, -20)),
  };
}

const kev = {
  dateReleased: '2026-01-02T00:00:00.000Z',
  vulnerabilities: [fixedCve, elsewhereCve].map((cveID) => ({
    cveID,
    dateAdded: '2026-01-01',
    dueDate: '2026-01-22',
    knownRansomwareCampaignUse: 'Known',
  })),
};

const endsOfLife = {
  generated_at: '2026-01-02T00:00:00+00:00',
  result: [{ name: 'debian', label: 'Debian', releases: [{ name: '12', eolFrom: '2026-07-11', isEol: false }] }],
};

const inBookworm = (entry: object) => ({ releases: { bookworm: { urgency: 'not yet assigned', ...entry } } });

function tracker(fixedVersion: string): string {
  const openssl = {
    [fixedCve]: inBookworm({ status: 'resolved', fixed_version: fixedVersion }),
    [openCve]: inBookworm({ status: 'open' }),
  };
  const bash = {
    [unimportantCve]: inBookworm({ status: 'open', urgency: 'unimportant' }),
    [undeterminedCve]: inBookworm({ status: 'undetermined' }),
  };
  return JSON.stringify({ openssl, bash });
}

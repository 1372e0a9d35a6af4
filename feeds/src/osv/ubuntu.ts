import type { Affected, Remark } from '@flotilla/engine/advisories/advisory';
import { isRecord } from '../json/is-record.ts';
import { ARCHIVE, osvFeed } from './osv-feed.ts';
import type { OsvAffected } from './osv-record.ts';

/**
 * Ubuntu's vulnerabilities by source package. Canonical publishes all records as one tar; a mirror may have the archive of the
 * project's bucket instead. Records of notices (`USN-…`, `LSN-…`) repeat those of vulnerabilities and are left out.
 */
export const osvUbuntu = osvFeed({
  feed: 'osv-ubuntu',
  title: 'Ubuntu vulnerabilities (OSV)',
  scope: 'deb:ubuntu-',
  archive: {
    name: ARCHIVE,
    upstream: 'https://security-metadata.canonical.com/osv/osv-all.tar.xz',
    mirrorPaths: ['osv/osv-all.tar.xz', 'osv/Ubuntu/all.zip'],
  },
  rules: {
    scheme: 'dpkg',
    namedIn: ['upstream', 'aliases'],
    keysOf,
    isLeftOut: ({ id }) => /^(?:USN|LSN)-/.test(id),
    refine: (statement, { affected }) => [withStatus(statement, affected)],
    tellsFacts: true,
  },
});

/**
 * `Ubuntu:22.04:LTS` → `deb:ubuntu-22.04:…`, `Ubuntu:Pro:22.04:LTS` → `deb:ubuntu-22.04-pro:…`. Other channels, as of certified
 * or real-time builds, have packages of their own.
 */
function keysOf({ package: { ecosystem, name } }: OsvAffected): string[] {
  const [, pro, release] = /^Ubuntu:(Pro:)?(\d+\.\d+)(?::LTS)?$/.exec(ecosystem) ?? [];
  return release ? [`deb:ubuntu-${release}${pro ? '-pro' : ''}:${name}`] : [];
}

/**
 * Words of Ubuntu's tracker for packages without a fix, where a record has them. What still waits for triage nobody has looked
 * at. https://ubuntu.com/security/cves/about
 */
const remarks: Record<string, Remark> = { deferred: 'postponed', ignored: 'ignored' };
const undecided = new Set(['needs-triage', 'needs-evaluation']);

function withStatus(statement: Affected, { database_specific }: OsvAffected): Affected {
  const status = isRecord(database_specific) ? database_specific.status : undefined;
  if (typeof status !== 'string') return statement;
  if (undecided.has(status)) return { ...statement, statement: 'undetermined', ranges: [] };
  if (status === 'not-affected' || status === 'DNE') return { ...statement, statement: 'not_affected', ranges: [] };
  return Object.hasOwn(remarks, status) ? { ...statement, remark: remarks[status] } : statement;
}

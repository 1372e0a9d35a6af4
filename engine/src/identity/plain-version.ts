import type { SoftwareIdentity } from '../matching/software-identity.ts';

/** The version that is compared, and whether it differs from what was reported. */
export interface PlainVersion {
  version: string;
  isRewritten: boolean;
}

/** A version without what packagings add to it. */
export function plainVersion({ source, version }: Pick<SoftwareIdentity, 'source' | 'version'>): PlainVersion {
  // Formulae count their own revisions (1.2.3_1); casks put a build after a comma.
  const own = source === 'homebrew_packages' ? version.replace(/,.*$/, '').replace(/_\d+$/, '') : version;
  // Programs show a build in brackets: 5.15.5 (20753).
  const plain = own
    .trim()
    .replace(/ ?\([^()]*\)$/, '')
    .replace(/^v(?=\d)/i, '');
  return { version: plain, isRewritten: plain !== version };
}

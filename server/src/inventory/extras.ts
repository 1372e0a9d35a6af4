import type { HostQuery, Row } from '../kernel/host-queries.ts';

/** When a program of the host was last used. `version` is empty when the row speaks of any. */
export interface Use {
  name: string;
  version: string;
  openedAt: Date;
}

/** A query that tells when software of one source was used. It may be the query of the source itself. */
export interface UseSource extends HostQuery {
  source: string;
  /** `null` for a row that tells no time. */
  toUse(row: Row): Use | null;
}

/** What vouches for the file at a path. What is not known is the empty string. */
export interface Signature {
  team_identifier: string;
  hash_sha256: string;
  executable_path: string;
  executable_sha256: string;
}

/** A query that tells by path who signed programs, or what is in them. */
export interface SignatureSource extends HostQuery {
  /** `null` for a row that tells nothing. */
  toSignature(row: Row): { path: string; signature: Partial<Signature> } | null;
}

/** A moment that osquery writes as seconds; `null` for what it writes when there was none (0 or -1). */
export function momentOf(seconds: string | undefined): Date | null {
  const value = Number(seconds);
  return value > 0 && value < 32_503_680_000 ? new Date(Math.trunc(value) * 1000) : null;
}

/** A record of the Open Source Vulnerability format 1.x, before anything of it is believed: https://ossf.github.io/osv-schema/ */
export interface OsvRecord {
  id: string;
  withdrawn?: unknown;
  aliases?: unknown;
  upstream?: unknown;
  related?: unknown;
  summary?: unknown;
  details?: unknown;
  published?: unknown;
  severity?: unknown;
  affected?: unknown;
}

/** What a record says about one package. */
export interface OsvAffected {
  package: { ecosystem: string; name: string; purl?: unknown };
  ranges?: unknown;
  versions?: unknown;
  database_specific?: unknown;
  ecosystem_specific?: unknown;
}

/** The texts of a list, or none. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];

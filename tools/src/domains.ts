/** The domains of the server, in their order: each may call those before it, and only tells those after it. */
export const domains = [
  'activity',
  'fleets',
  'accounts',
  'hosts',
  'inventory',
  'vulnerabilities',
  'installation',
  'policies',
  'updates',
  'check-in',
] as const;

export type DomainName = (typeof domains)[number];

/** Each domain owns the PostgreSQL schema of its name. */
export const schemaOf = (owner: string) => owner.replaceAll('-', '_');

import type { Title } from '@flotilla/contract/software';

export type TitleVersion = Title['versions'][number];

const natural = new Intl.Collator('en', { numeric: true });

/** Versions by hosts or by their text, in which 1.10 follows 1.9; equal ones by the other. */
export function sortVersions(versions: readonly TitleVersion[], order: { key: string; direction: 'asc' | 'desc' }) {
  const sign = order.direction === 'asc' ? 1 : -1;
  const byHosts = (a: TitleVersion, b: TitleVersion) => a.hosts_count - b.hosts_count;
  const byText = (a: TitleVersion, b: TitleVersion) => natural.compare(a.version, b.version);
  const [first, second] = order.key === 'hosts' ? [byHosts, byText] : [byText, byHosts];
  return versions.toSorted((a, b) => sign * (first(a, b) || second(a, b)));
}

/** Who is believed first about a vulnerability itself; all others come after these, by name. */
const TRUSTED = ['nvd', 'nvd-overrides', 'cisa-vulnrichment', 'cisa-kev'];

/** Orders what feeds tell of one vulnerability, the most trusted first. */
export const byTrust = (a: { feed: string }, b: { feed: string }): number =>
  rank(a.feed) - rank(b.feed) || (a.feed < b.feed ? -1 : 1);

function rank(feed: string): number {
  const at = TRUSTED.indexOf(feed);
  return at === -1 ? TRUSTED.length : at;
}

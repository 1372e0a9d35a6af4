/** How many different vulnerabilities some versions have, and of how many of them that is known. */
export function distinctVulnerabilities(versions: readonly { vulnerabilities: readonly string[] | null }[]): {
  count: number;
  judged: 'all' | 'some' | 'none';
} {
  const known = versions.flatMap(({ vulnerabilities }) => (vulnerabilities === null ? [] : [vulnerabilities]));
  const judged = known.length === 0 ? 'none' : known.length < versions.length ? 'some' : 'all';
  return { count: new Set(known.flat()).size, judged };
}

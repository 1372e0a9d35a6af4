import { judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Db, Tx } from '../kernel/db/database.ts';
import { packageIdentity, readIndex } from '../vulnerabilities/index.ts';
import type { AffectedSoftware } from './queries/affected.ts';
import type { LibraryPackage } from './queries/packages.ts';
import { isOlder, newestFirst } from './versions.ts';

interface Clearing {
  /** The name of the vulnerability. */
  vulnerability: string;
  /** Of one title, on hosts. */
  affected: AffectedSoftware[];
  /** Of the same title. */
  packages: LibraryPackage[];
}

/** A package that clears a vulnerability, or why there is none, in a sentence. */
export type Choice = { chosen: LibraryPackage } | { chosen: null; whyNot: string };

/** The version the feeds name; where distributions name several, the newest. */
export const fixVersionOf = (affected: readonly AffectedSoftware[]): string | null =>
  newestFirst(affected.flatMap(({ fix_version: version }) => (version === null ? [] : [{ version }])))[0]?.version ??
  null;

/** The newest package that is newer than what hosts have and, by all that the feeds say, does not have the vulnerability. */
export async function chooseClearing(db: Db | Tx, { vulnerability, affected, packages }: Clearing): Promise<Choice> {
  const fix = fixVersionOf(affected);
  const upload = fix === null ? 'the feeds name no version with a fix' : `upload ${fix} or newer`;
  let whyNot = `No package of ${affected[0]?.title} in the library: ${upload}`;
  for (const [index, of] of newestFirst(packages).entries()) {
    const problem = affected.some((installed) => isOlder(installed, of))
      ? await whyNotCleared(db, { vulnerability, affected, of })
      : `The package ${of.version} is not newer than what the hosts have: ${upload}`;
    if (problem === null) return { chosen: of };
    // The newest speaks for all.
    if (index === 0) whyNot = problem;
  }
  return { chosen: null, whyNot };
}

/** Judges a package as if the hosts had it, in each distribution release where they are affected. */
export async function whyNotCleared(
  db: Db | Tx,
  { vulnerability, affected, of }: Pick<Clearing, 'vulnerability' | 'affected'> & { of: LibraryPackage },
): Promise<string | null> {
  const contexts = [...new Map(affected.map((one) => [`${one.source} ${one.context}`, one])).values()];
  const identities = contexts.map((on) => packageIdentity(of, on));
  const keys = [...new Set(identities.flatMap(lookupKeysOf))];
  const index = await readIndex(db, keys);
  for (const identity of identities) {
    const { verdicts, notJudged } = judgeSoftware(identity, index);
    const unsure = `Nobody can tell whether the package ${of.version} has the vulnerability`;
    if (notJudged) return `${unsure}: ${notJudged.detail}`;
    const verdict = verdicts.find((one) => one.vulnerability === vulnerability);
    if (verdict?.verdict === 'affected') return `The package ${of.version} has the vulnerability too`;
    if (verdict?.verdict === 'unknown') return `${unsure}: ${verdict.detail}`;
  }
  return null;
}

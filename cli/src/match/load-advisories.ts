import { byTrust } from '@flotilla/engine/decisions/trusted-feeds';
import { createMemoryIndex, type MemoryIndex } from '@flotilla/engine/matching/memory-index';
import type { Advisories, Told } from './advisories.ts';
import type { FeedOnDisk } from './feed-files.ts';

/** Every advisory of some feeds, held in memory. */
export interface LoadedAdvisories extends Advisories {
  index: MemoryIndex;
  vulnerabilities(): Iterable<string>;
  /** Records, or parts of them, that could not be understood. */
  problems: number;
}

/**
 * Reads feeds to their end.
 * @param onProgress is told how many advisories were read
 * @throws naming the feed whose file is damaged
 */
export async function loadAdvisories(
  found: readonly FeedOnDisk[],
  onProgress: (count: number) => void,
): Promise<LoadedAdvisories> {
  const index = createMemoryIndex();
  const told = new Map<string, Told[]>();
  let count = 0;
  let problems = 0;
  for (const { name, items } of found) {
    try {
      for await (const item of items()) {
        if ('problem' in item) problems++;
        if (!('advisory' in item)) continue;
        const { feed, severity, exploitation, likelihood, vulnerabilities } = item.advisory;
        index.add(item.advisory);
        if (severity || exploitation || likelihood) {
          const tells = { feed, severity, exploitation, likelihood };
          for (const vulnerability of vulnerabilities) addTo(told, vulnerability, tells);
        }
        onProgress(++count);
      }
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  return {
    ...{ index, problems },
    told: (vulnerability) => told.get(vulnerability)?.sort(byTrust) ?? [],
    vulnerabilities: () => told.keys(),
    close: () => {},
  };
}

function addTo(told: Map<string, Told[]>, vulnerability: string, tells: Told): void {
  const known = told.get(vulnerability);
  if (known) known.push(tells);
  else told.set(vulnerability, [tells]);
}

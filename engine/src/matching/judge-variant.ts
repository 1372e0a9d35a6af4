import type { CpeVariant } from '../advisories/advisory.ts';
import { canonicalTarget, isSystemTarget } from '../identity/software-targets.ts';

/** Whether what an advisory restricts itself to is so: `open` where nobody can tell. */
export type Standing = 'holds' | 'fails' | 'open';

/** The worst of several: what fails decides, then what is open. */
export function together(standings: readonly Standing[]): Standing {
  if (standings.includes('fails')) return 'fails';
  return standings.includes('open') ? 'open' : 'holds';
}

/**
 * Whether a software is of the variant that an advisory speaks of. Of what is known of the software, `*` stands for
 * whichever, and an absent update for none: a version that was reported has its update in it.
 */
export function judgeVariant(known: CpeVariant, wanted: CpeVariant): Standing {
  return together(
    (Object.keys(wanted) as (keyof CpeVariant)[]).map((attribute) => {
      const value = wanted[attribute];
      if (value === undefined || value === '*') return 'holds';
      // Old names have the system in one of the editions.
      if (attribute === 'edition' || attribute === 'softwareEdition') {
        if (isSystemTarget(value)) return judgeTarget(known.targetSoftware, value);
      }
      if (attribute === 'targetSoftware') return judgeTarget(known.targetSoftware, value);
      if (attribute === 'update') return sameUpdate(known.update ?? '-', value) ? 'holds' : 'fails';
      return judgeAttribute(known[attribute], value);
    }),
  );
}

function judgeAttribute(known: string | undefined, wanted: string): Standing {
  if (known === '*' || known === wanted) return 'holds';
  if (known === undefined) return wanted === '-' ? 'holds' : 'open';
  return 'fails';
}

/** `-` in names of programs means that data know no target. Architectures got there by mistake. */
function judgeTarget(known: string | undefined, wanted: string): Standing {
  if (known === '*' || wanted === '-') return 'holds';
  if (known === undefined || ARCHITECTURES.has(wanted)) return 'open';
  return canonicalTarget(known) === canonicalTarget(wanted) ? 'holds' : 'fails';
}

const ARCHITECTURES = new Set(['x86', 'x64', 'arm64', 'arm', 'itanium']);

/** Data write `update_181` and `update181`. */
const sameUpdate = (known: string, wanted: string) => known.replaceAll('_', '') === wanted.replaceAll('_', '');

import list from '../../data/cpe-names.json' with { type: 'json' };
import { type CpeNames, createCpeNames } from './cpe-names.ts';

let known: CpeNames | null = null;

/** The names in the snapshot of NVD's data that our list is drawn from; made ready when first asked for. */
export const knownCpeNames: CpeNames = {
  named: (squeezed) => {
    known ??= createCpeNames(list);
    return known.named(squeezed);
  },
};

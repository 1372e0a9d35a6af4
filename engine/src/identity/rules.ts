import browsers from '../../data/identity/browsers.json' with { type: 'json' };
import communication from '../../data/identity/communication.json' with { type: 'json' };
import developerTools from '../../data/identity/developer-tools.json' with { type: 'json' };
import extensions from '../../data/identity/extensions.json' with { type: 'json' };
import homebrewFormulae from '../../data/identity/homebrew-formulae.json' with { type: 'json' };
import neverMatched from '../../data/identity/never-matched.json' with { type: 'json' };
import officeAndMedia from '../../data/identity/office-and-media.json' with { type: 'json' };
import remoteAndVirtual from '../../data/identity/remote-and-virtual.json' with { type: 'json' };
import securityAndSystem from '../../data/identity/security-and-system.json' with { type: 'json' };
import type { IdentityRule } from './rule.ts';

/** Every rule; those that say never come first, for the first that fits counts. A new rule is an entry in one of the files. */
export const identityRules: readonly IdentityRule[] = [
  ...neverMatched,
  ...browsers,
  ...communication,
  ...developerTools,
  ...extensions,
  ...officeAndMedia,
  ...remoteAndVirtual,
  ...securityAndSystem,
  ...homebrewFormulae,
];

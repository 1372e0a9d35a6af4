import { accounts } from './accounts/index.ts';
import { activity } from './activity/index.ts';
import { fleets } from './fleets/index.ts';
import { hosts } from './hosts/index.ts';
import { installation } from './installation/index.ts';
import { type Catalogue, createInventory } from './inventory/index.ts';
import { asSystem, type Context } from './kernel/context.ts';
import type { Domain } from './kernel/domain.ts';
import { createEvents } from './kernel/events.ts';
import { createNudges } from './kernel/nudge.ts';
import { createPolicies } from './policies/index.ts';
import { serverRoutes } from './server-routes.ts';
import { createUpdates } from './updates/index.ts';
import { createVulnerabilities } from './vulnerabilities/index.ts';

export type Outside = Pick<Context, 'config' | 'log' | 'db' | 'clock' | 'secrets' | 'store'>;

export interface Parts {
  catalogue?: Catalogue;
  /** Called when there is software to judge. */
  pokeJudging?: () => void;
}

/** The one list of domains, in their order: each may call those before it and only publishes to those after it. */
export function createDomains(
  outside: Outside,
  { catalogue, pokeJudging = () => {} }: Parts = {},
): { ctx: Context; domains: Domain[] } {
  const domains: Domain[] = [];
  const ctx: Context = {
    ...outside,
    actor: { kind: 'anonymous' },
    events: createEvents(domains),
    nudges: createNudges(),
  };
  domains.push(
    activity,
    fleets,
    accounts,
    hosts,
    createInventory(asSystem(ctx), catalogue),
    createVulnerabilities(pokeJudging),
    installation,
    createPolicies(),
    createUpdates(),
    serverRoutes,
  );
  return { ctx, domains };
}

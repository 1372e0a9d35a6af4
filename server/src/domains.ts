import { accounts } from './accounts/index.ts';
import { activity } from './activity/index.ts';
import { fleets } from './fleets/index.ts';
import { createHosts } from './hosts/index.ts';
import { installation } from './installation/index.ts';
import { type Catalogue, createInventory } from './inventory/index.ts';
import { asSystem, type Context } from './kernel/context.ts';
import type { Domain } from './kernel/domain.ts';
import { createEvents } from './kernel/events.ts';
import { createNudges } from './kernel/nudge.ts';
import { createLive } from './live-routes.ts';
import { createPolicies } from './policies/index.ts';
import { createServerRoutes } from './server-routes.ts';
import type { Schedules } from './trigger-schedule.ts';
import { createUpdates } from './updates/index.ts';
import { createVulnerabilities } from './vulnerabilities/index.ts';

export type Outside = Pick<Context, 'config' | 'log' | 'db' | 'clock' | 'secrets' | 'store'>;

export interface Parts {
  catalogue?: Catalogue;
  /** Called when there is software to judge. */
  pokeJudging?: () => void;
  /** Hands a schedule to the job runner; absent: it runs here, at once. */
  runJob?: (name: string) => Promise<void>;
}

/** The one list of domains, in their order: each may call those before it and only publishes to those after it. */
export function createDomains(
  outside: Outside,
  { catalogue, pokeJudging = () => {}, runJob }: Parts = {},
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
    createHosts(asSystem(ctx)),
    createInventory(asSystem(ctx), catalogue),
    createVulnerabilities(pokeJudging),
    installation,
    createPolicies(),
    createUpdates(),
    createServerRoutes(() => schedulesOf(asSystem(ctx), domains, runJob)),
    createLive(asSystem(ctx)),
  );
  return { ctx, domains };
}

function schedulesOf(system: Context, domains: readonly Domain[], runJob: Parts['runJob']): Schedules {
  const schedules = new Map(domains.flatMap((domain) => domain.schedules ?? []).map((one) => [one.name, one]));
  return {
    names: [...schedules.keys()],
    run: runJob ?? (async (name) => schedules.get(name)?.run(system)),
  };
}

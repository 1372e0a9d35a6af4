import type { Config } from '../kernel/config.ts';
import type { Context } from '../kernel/context.ts';
import { readServerSettings, readStoredSettings } from '../kernel/server-settings.ts';
import { readFleetSettings } from './queries.ts';

/** What people set about the hosts of a fleet; where it sets nothing, what they set for the whole server. */
export interface HostSettings {
  softwareInventory: boolean;
  hostUsers: boolean;
  agentOptions: AgentOptions;
}

/** In Fleet's form. A platform's configuration replaces the usual one as a whole. */
export interface AgentOptions {
  config?: Record<string, unknown>;
  overrides?: { platforms?: Record<string, Record<string, unknown>> };
  command_line_flags?: Record<string, unknown> | null;
}

/** Milliseconds after which another process's change is heard of. */
const FRESH_FOR = 2_000;

interface Known {
  settings: Promise<HostSettings>;
  until: number;
}

const known = new WeakMap<Readonly<Config>, Map<number, Known>>();

/** The settings, at most two seconds old: they are asked for whenever a host owes an inventory. */
export function readHostSettings(ctx: Context, fleetId: number | null): Promise<HostSettings> {
  const now = performance.now();
  const byFleet = known.get(ctx.config) ?? new Map<number, Known>();
  known.set(ctx.config, byFleet);
  const id = fleetId ?? 0;
  const kept = byFleet.get(id);
  if (kept && now < kept.until) return kept.settings;
  const settings = read(ctx, fleetId);
  byFleet.set(id, { settings, until: now + FRESH_FOR });
  settings.catch(() => byFleet.delete(id));
  return settings;
}

/** After the commit of a change: the next read looks. */
export const forgetHostSettings = (ctx: Context): void => void known.delete(ctx.config);

async function read(ctx: Context, fleetId: number | null): Promise<HostSettings> {
  const [server, stored, fleet] = await Promise.all([
    readServerSettings(ctx),
    readStoredSettings(ctx),
    fleetId === null ? null : readFleetSettings(ctx.db, fleetId),
  ]);
  return {
    softwareInventory: fleet?.features?.enable_software_inventory ?? server.softwareInventory,
    hostUsers: fleet?.features?.enable_host_users ?? server.hostUsers,
    agentOptions: (fleet?.agent_options ?? stored.sealed.agent_options ?? {}) as AgentOptions,
  };
}

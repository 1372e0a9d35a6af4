import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Tx } from './db/database.ts';
import { lockSettings, readSetting, type Setting, writeSetting } from './settings.ts';

const NAME = 'server';
/** Milliseconds after which another process's change is heard of. */
const FRESH_FOR = 2_000;

/** What people set for the whole server and the server acts on; whatever else they set is only kept. */
export interface ServerSettings {
  orgName: string;
  /** The address of the console, for links that people get. */
  serverUrl: string;
  scriptsDisabled: boolean;
  liveQueryDisabled: boolean;
  softwareInventory: boolean;
  hostUsers: boolean;
  /** Days after which a host that was not seen is deleted; null: never. */
  hostExpiryDays: number | null;
  /** Days after which activities are forgotten; null: never. */
  activityExpiryDays: number | null;
  /** Where people read what is collected about their device; empty: nowhere. */
  transparencyUrl: string;
}

/** The setting as it is stored, in the form of the contract's `GET /config`. */
export const readStoredSettings = (ctx: Context, db: Context['db'] | Tx = ctx.db): Promise<Setting> =>
  readSetting(ctx, db, NAME);

/** Changes the stored setting; of several changes at once, each sees the one before. */
export async function changeStoredSettings(
  ctx: Context,
  tx: Tx,
  change: (before: Setting) => Setting,
): Promise<{ before: Setting; after: Setting }> {
  await lockSettings(tx);
  const before = await readSetting(ctx, tx, NAME);
  const after = change(before);
  await writeSetting(ctx, tx, { name: NAME, ...after });
  return { before, after };
}

interface Known {
  settings: Promise<ServerSettings>;
  until: number;
}

const known = new WeakMap<Readonly<Config>, Known>();

/** The settings, at most two seconds old: they are asked for at every contact of a host. */
export function readServerSettings(ctx: Context): Promise<ServerSettings> {
  const now = performance.now();
  const kept = known.get(ctx.config);
  if (kept && now < kept.until) return kept.settings;
  const settings = readStoredSettings(ctx).then(({ value }) => toServerSettings(ctx.config, value));
  known.set(ctx.config, { settings, until: now + FRESH_FOR });
  settings.catch(() => known.delete(ctx.config));
  return settings;
}

/** After the commit of a change: the next read looks. */
export const forgetServerSettings = (ctx: Context): void => void known.delete(ctx.config);

type Part = Record<string, unknown>;

function toServerSettings(config: Readonly<Config>, value: Part): ServerSettings {
  const part = (name: string) => (value[name] ?? {}) as Part;
  const { org_name } = part('org_info');
  const server = part('server_settings');
  const features = part('features');
  const hosts = part('host_expiry_settings');
  const activities = part('activity_expiry_settings');
  return {
    orgName: String(org_name ?? ''),
    serverUrl: String(server.server_url || config.serverUrl).replace(/\/+$/, ''),
    scriptsDisabled: server.scripts_disabled === true,
    liveQueryDisabled: server.live_query_disabled === true,
    softwareInventory: features.enable_software_inventory !== false,
    hostUsers: features.enable_host_users !== false,
    hostExpiryDays: days(hosts.host_expiry_enabled, hosts.host_expiry_window),
    activityExpiryDays: days(activities.activity_expiry_enabled, activities.activity_expiry_window),
    transparencyUrl: String(part('fleet_desktop').transparency_url ?? ''),
  };
}

/** A window of no days deletes nothing. */
const days = (enabled: unknown, window: unknown): number | null =>
  enabled === true && typeof window === 'number' && window > 0 ? window : null;

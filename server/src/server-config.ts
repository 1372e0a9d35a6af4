import type { ConfigChange, ServerConfig } from '@flotilla/contract/config';
import type { Static } from 'typebox';
import { recordActivity } from './activity/index.ts';
import { configDefaults } from './config-defaults.ts';
import { configFacts } from './config-facts.ts';
import { changedPaths, isObject, type Json, maskSecrets, mergeJson, unmaskSecrets } from './config-secrets.ts';
import { forgetHostSettings } from './fleets/index.ts';
import { mayEverywhere, permit } from './kernel/access.ts';
import type { Context } from './kernel/context.ts';
import { inTransaction } from './kernel/db/database.ts';
import { invalid } from './kernel/errors.ts';
import { changeStoredSettings, forgetServerSettings, readStoredSettings } from './kernel/server-settings.ts';
import type { Setting } from './kernel/settings.ts';
import { checkReceivers } from './vulnerabilities/index.ts';

/** Parts that anybody who is signed in may read; all others may hold addresses and credentials of other systems, and are sealed. */
const OPEN_PARTS = new Set([
  'org_info',
  'server_settings',
  'features',
  'host_expiry_settings',
  'activity_expiry_settings',
  'fleet_desktop',
  'gitops',
]);
const READ_ONLY = new Set(['license', 'update_interval', 'vulnerabilities', 'logging']);

/** The settings of the server. The sealed parts show only to those who may change them, and their credentials to nobody. */
export async function readServerConfig(ctx: Context): Promise<Static<typeof ServerConfig>> {
  const { value, sealed } = await readStoredSettings(ctx);
  return toAnswer(ctx, mayEverywhere(ctx.actor, 'server:write') ? { value, sealed } : { value, sealed: {} });
}

function toAnswer(ctx: Context, { value, sealed }: Setting): Static<typeof ServerConfig> {
  const set = mergeJson(mergeJson(configDefaults(ctx.config.serverUrl), value), sealed);
  return { ...maskSecrets(set), ...configFacts(ctx.config, set.org_info.org_name) };
}

/** Changes settings; what is absent stays, stars stand for the credential that is there. */
export async function changeServerConfig(
  ctx: Context,
  body: Static<typeof ConfigChange>,
): Promise<Static<typeof ServerConfig>> {
  permit(ctx.actor, 'server:write');
  const change = Object.fromEntries(Object.entries(body as Json).filter(([part]) => !READ_ONLY.has(part)));
  const defaults = configDefaults(ctx.config.serverUrl);
  const after = await inTransaction(ctx, async (tx) => {
    const changed = await changeStoredSettings(ctx, tx, ({ value, sealed }) => {
      const before = mergeJson(value, sealed);
      const merged = mergeJson(before, unmaskSecrets(change, before) as Json);
      checkConfig(mergeJson(defaults, merged));
      return split(merged);
    });
    const [old, fresh] = [changed.before, changed.after].map(({ value, sealed }) => mergeJson(value, sealed));
    const paths = changedPaths(old ?? {}, fresh ?? {});
    if (paths.length > 0) await recordActivity(ctx, tx, { type: 'edited_config', details: { changed: paths } });
    return changed.after;
  });
  forgetServerSettings(ctx);
  forgetHostSettings(ctx);
  return toAnswer(ctx, after);
}

function split(all: Json): Setting {
  const parts = Object.entries(all);
  return {
    value: Object.fromEntries(parts.filter(([part]) => OPEN_PARTS.has(part))),
    sealed: Object.fromEntries(parts.filter(([part]) => !OPEN_PARTS.has(part))),
  };
}

/** What the schema cannot say: settings that only make sense together. */
function checkConfig(all: Json): void {
  const part = (name: string): Json => (isObject(all[name]) ? all[name] : {});
  if (String(part('org_info').org_name).trim() === '') throw invalid('org_info.org_name', 'must not be blank');
  requireAddress('server_settings.server_url', part('server_settings').server_url);
  for (const [name, prefix] of [
    ['host_expiry_settings', 'host_expiry'],
    ['activity_expiry_settings', 'activity_expiry'],
  ] as const) {
    const { [`${prefix}_enabled`]: enabled, [`${prefix}_window`]: window } = part(name);
    if (enabled === true && !(Number(window) > 0)) {
      throw invalid(`${name}.${prefix}_window`, 'must be at least one day while it is enabled');
    }
  }
  for (const [name, webhook] of Object.entries(part('webhook_settings'))) {
    if (!isObject(webhook) || webhook[`enable_${name}`] !== true) continue;
    requireAddress(`webhook_settings.${name}.destination_url`, webhook.destination_url);
  }
  checkReceivers(part('webhook_settings'), part('integrations'));
}

function requireAddress(field: string, url: unknown): void {
  if (typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url)) return;
  throw invalid(field, 'must be an address like https://flotilla.example.org:8443');
}

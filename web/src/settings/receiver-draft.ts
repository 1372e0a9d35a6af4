import type { ConfigChange, ServerConfig } from '@flotilla/contract/config';
import type { Static } from 'typebox';

/** Those that tickets can be opened in, by their name in the settings. */
export const systems = ['jira', 'zendesk', 'github'] as const;
export type SystemName = (typeof systems)[number];
/** Who is told; only one is. */
export type ReceiverKind = 'nobody' | 'webhook' | SystemName;

export interface FieldOf {
  key: string;
  label: string;
  description?: string;
  kind: 'url' | 'text' | 'secret' | 'number';
}

const token: FieldOf = { key: 'api_token', label: 'API token', kind: 'secret' };
export const fieldsOf: Record<SystemName, readonly FieldOf[]> = {
  jira: [
    { key: 'url', label: 'Address of Jira', kind: 'url' },
    { key: 'username', label: 'User name or email', kind: 'text' },
    token,
    { key: 'project_key', label: 'Key of the project', description: 'As in the names of its issues', kind: 'text' },
  ],
  zendesk: [
    { key: 'url', label: 'Address of Zendesk', kind: 'url' },
    { key: 'email', label: 'Email', kind: 'text' },
    token,
    { key: 'group_id', label: 'Id of the group that gets tickets', kind: 'number' },
  ],
  github: [
    { key: 'url', label: 'Address of the API', description: 'Usually https://api.github.com', kind: 'url' },
    token,
    { key: 'repository', label: 'Repository', description: 'As owner/name', kind: 'text' },
  ],
};

type System = Record<string, unknown>;
const enabled = 'enable_software_vulnerabilities';

const systemsIn = (config: ServerConfig, name: SystemName): System[] =>
  ((config.integrations as Record<string, System[] | null | undefined>)[name] ?? []) as System[];

/** Who is told now. */
export function kindOf(config: ServerConfig): ReceiverKind {
  if (config.webhook_settings.vulnerabilities_webhook.enable_vulnerabilities_webhook) return 'webhook';
  return systems.find((name) => systemsIn(config, name).some((one) => one[enabled] === true)) ?? 'nobody';
}

const chosenPlace = (all: readonly System[]) =>
  Math.max(
    0,
    all.findIndex((one) => one[enabled] === true),
  );

/** What is typed for a system, as texts; stars stand for a token that is there. */
export function valuesOf(config: ServerConfig, name: SystemName): Record<string, string> {
  const all = systemsIn(config, name);
  const one = all[chosenPlace(all)] ?? {};
  return Object.fromEntries(
    fieldsOf[name].map(({ key }) => [key, one[key] === undefined || one[key] === null ? '' : String(one[key])]),
  );
}

export interface WebhookDraft {
  url: string;
  secret: string;
  size: number | null;
}

export interface ReceiverDraft {
  kind: ReceiverKind;
  webhook: WebhookDraft;
  /** Of the system of that kind. */
  values: Record<string, string>;
}

/** The change that has only this one told; what is not shown stays as it is. */
export function toChange(config: ServerConfig, { kind, webhook, values }: ReceiverDraft): Static<typeof ConfigChange> {
  const integrations = systems.flatMap((name) => {
    const all = systemsIn(config, name).map((one) => ({ ...one, [enabled]: false }));
    if (name !== kind) return all.length > 0 ? [[name, all]] : [];
    const typed = Object.fromEntries(
      fieldsOf[name].map(({ key, kind: type }) => {
        const value = (values[key] ?? '').trim();
        return [key, type === 'number' ? Number(value) : value];
      }),
    );
    const place = chosenPlace(systemsIn(config, name));
    const chosen = { ...all[place], ...typed, [enabled]: true };
    return [[name, [...all.slice(0, place), chosen, ...all.slice(place + 1)]]];
  });
  return {
    webhook_settings: {
      vulnerabilities_webhook: {
        enable_vulnerabilities_webhook: kind === 'webhook',
        ...(kind === 'webhook' && {
          destination_url: webhook.url.trim(),
          secret: webhook.secret,
          host_batch_size: webhook.size ?? 0,
        }),
      },
    },
    integrations: Object.fromEntries(integrations),
  };
}

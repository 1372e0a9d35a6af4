import Type, { type Static, type TSchema, type TSchemaOptions } from 'typebox';
import type { Route } from './route.ts';

/** Objects that keep what they do not know. */
const open = { additionalProperties: true } satisfies TSchemaOptions;
const Open = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, open);
const Any = Type.Object({}, open);
const Url = Type.String({ maxLength: 2048 });
const Days = Type.Integer({ minimum: 0, maximum: 36_500 });

const orgInfo = {
  org_name: Type.String({ minLength: 1, maxLength: 255 }),
  org_logo_url: Url,
  org_logo_url_light_background: Url,
  org_logo_url_dark_mode: Url,
  org_logo_url_light_mode: Url,
  contact_url: Url,
};
const serverSettings = {
  server_url: Url,
  scripts_disabled: Type.Boolean(),
  live_query_disabled: Type.Boolean(),
};
const features = { enable_host_users: Type.Boolean(), enable_software_inventory: Type.Boolean() };
const hostExpiry = { host_expiry_enabled: Type.Boolean(), host_expiry_window: Days };
const activityExpiry = { activity_expiry_enabled: Type.Boolean(), activity_expiry_window: Days };
const desktop = { transparency_url: Url, alternative_browser_host: Type.String({ maxLength: 255 }) };
const Webhook = { destination_url: Url };
const hostStatusWebhook = {
  ...Webhook,
  enable_host_status_webhook: Type.Boolean(),
  host_percentage: Type.Number({ minimum: 0, maximum: 100 }),
  days_count: Days,
};
const failingPoliciesWebhook = {
  ...Webhook,
  enable_failing_policies_webhook: Type.Boolean(),
  policy_ids: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  host_batch_size: Type.Integer({ minimum: 0 }),
};
const vulnerabilitiesWebhook = {
  ...Webhook,
  enable_vulnerabilities_webhook: Type.Boolean(),
  host_batch_size: Type.Integer({ minimum: 0 }),
  secret: Type.Optional(
    Type.String({ maxLength: 1024, description: 'signs what is sent; masked where it is answered' }),
  ),
};
const activitiesWebhook = { ...Webhook, enable_activities_webhook: Type.Boolean() };

/** The server's settings, with everything that clients of Fleet's API look for. Credentials of other systems are masked. */
export const ServerConfig = Open({
  org_info: Open(orgInfo),
  server_settings: Open(serverSettings),
  features: Open(features),
  host_expiry_settings: Open(hostExpiry),
  activity_expiry_settings: Open(activityExpiry),
  fleet_desktop: Open(desktop),
  webhook_settings: Open({
    interval: Type.String(),
    host_status_webhook: Open(hostStatusWebhook),
    failing_policies_webhook: Open(failingPoliciesWebhook),
    vulnerabilities_webhook: Open(vulnerabilitiesWebhook),
    activities_webhook: Open(activitiesWebhook),
  }),
  integrations: Open({ jira: Type.Array(Any), zendesk: Type.Array(Any), google_calendar: Type.Array(Any) }),
  license: Open({
    tier: Type.String(),
    organization: Type.String(),
    device_count: Type.Integer(),
    expiration: Type.String(),
  }),
  update_interval: Open({ osquery_detail: Type.Integer(), osquery_policy: Type.Integer() }),
  vulnerabilities: Any,
  logging: Any,
});
export type ServerConfig = Static<typeof ServerConfig>;

const Part = <P extends Record<string, TSchema>>(properties: P) => Type.Optional(Type.Partial(Open(properties), open));

/** What is absent stays as it is. */
export const ConfigChange = Open({
  org_info: Part(orgInfo),
  server_settings: Part(serverSettings),
  features: Part(features),
  host_expiry_settings: Part(hostExpiry),
  activity_expiry_settings: Part(activityExpiry),
  fleet_desktop: Part(desktop),
  webhook_settings: Part({
    interval: Type.String({ maxLength: 50 }),
    host_status_webhook: Type.Partial(Open(hostStatusWebhook), open),
    failing_policies_webhook: Type.Partial(Open(failingPoliciesWebhook), open),
    vulnerabilities_webhook: Type.Partial(Open(vulnerabilitiesWebhook), open),
    activities_webhook: Type.Partial(Open(activitiesWebhook), open),
  }),
  integrations: Part({
    jira: Type.Union([Type.Array(Any, { maxItems: 50 }), Type.Null()]),
    zendesk: Type.Union([Type.Array(Any, { maxItems: 50 }), Type.Null()]),
    google_calendar: Type.Union([Type.Array(Any, { maxItems: 50 }), Type.Null()]),
  }),
});

export const getConfig = {
  method: 'GET',
  path: '/api/v1/fleet/config',
  summary: 'The settings of the server; addresses and credentials of other systems only for those who may change them',
  access: 'session',
  response: ServerConfig,
} as const satisfies Route;

export const editConfig = {
  method: 'PATCH',
  path: '/api/v1/fleet/config',
  summary: 'Change settings of the server; what is absent stays as it is',
  access: 'server:write',
  body: ConfigChange,
  response: ServerConfig,
} as const satisfies Route;

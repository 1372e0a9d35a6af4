import type { FleetChanges } from '@flotilla/contract/fleets';

/** What people set of a fleet besides its name, as it is stored: only what was set. */
export type FleetSettings = Omit<FleetChanges, 'name' | 'description'>;

const NAMES = ['host_expiry_settings', 'features', 'webhook_settings', 'integrations', 'agent_options'] as const;

const NO_UPDATES = { minimum_version: null, deadline: null, update_new_hosts: null };
const SET_UP = {
  bootstrap_package: null,
  macos_bootstrap_package: null,
  enable_end_user_authentication: false,
  enable_managed_local_account: null,
  enable_create_local_admin_account: null,
  enable_release_device_manually: false,
  apple_enable_release_device_manually: false,
  end_user_local_account_type: null,
  lock_end_user_info: false,
  macos_setup_assistant: null,
  apple_setup_assistant: null,
  manual_agent_install: null,
  macos_manual_agent_install: null,
  require_all_software_macos: false,
  require_all_software_windows: false,
  script: null,
  macos_script: null,
  software: null,
};
/** Flotilla is no MDM; clients of Fleet's API expect the settings of one that is off. */
const MDM_OFF = {
  android_settings: { certificates: null, custom_settings: null, configuration_profiles: null },
  apple_settings: { configuration_profiles: null },
  enable_disk_encryption: false,
  enable_recovery_lock_password: false,
  ios_updates: NO_UPDATES,
  ipados_updates: NO_UPDATES,
  macos_settings: { custom_settings: null },
  macos_setup: SET_UP,
  macos_updates: { ...NO_UPDATES, update_new_hosts: false },
  setup_experience: SET_UP,
  windows_require_bitlocker_pin: false,
  windows_settings: { custom_settings: null, configuration_profiles: null },
  windows_updates: { deadline_days: null, grace_period_days: null },
};

const DEFAULTS = {
  host_expiry_settings: { host_expiry_enabled: false, host_expiry_window: 0 },
  features: {
    enable_host_users: true,
    enable_software_inventory: true,
    historical_data: { uptime: false, vulnerabilities: true },
  },
  webhook_settings: {
    failing_policies_webhook: {
      enable_failing_policies_webhook: false,
      destination_url: '',
      policy_ids: null,
      host_batch_size: 0,
    },
    host_status_webhook: null,
  },
  integrations: { jira: null, zendesk: null, google_calendar: null, conditional_access_enabled: false },
  agent_options: { config: { decorators: { load: [] }, options: {} }, command_line_flags: null },
};

/** All settings of a fleet, with what was never set as it is then. */
export const withDefaults = (set: FleetSettings) => ({
  host_expiry_settings: { ...DEFAULTS.host_expiry_settings, ...set.host_expiry_settings },
  features: { ...DEFAULTS.features, ...set.features },
  webhook_settings: { ...DEFAULTS.webhook_settings, ...set.webhook_settings },
  integrations: { ...DEFAULTS.integrations, ...set.integrations },
  agent_options: set.agent_options ?? DEFAULTS.agent_options,
  mdm: MDM_OFF,
});

/** Settings after a change: what it leaves out stays, null takes a setting back. Agent options are set as a whole. */
export function mergeSettings(before: FleetSettings, changes: FleetSettings): FleetSettings {
  const after: Record<string, unknown> = { ...before };
  for (const name of NAMES) {
    const change = changes[name];
    if (change === undefined) continue;
    if (change === null) delete after[name];
    else after[name] = name === 'agent_options' ? change : { ...before[name], ...change };
  }
  return after;
}

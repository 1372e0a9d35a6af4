import type { Config } from './kernel/config.ts';

const NANOSECONDS = 1_000_000_000;
const HOUR = 3_600;
const DAY = 86_400;
const NO_LOG = {
  plugin: 'none',
  config: {
    status_log_file: '',
    result_log_file: '',
    audit_log_file: '',
    enable_log_rotation: false,
    enable_log_compression: false,
    max_size: 0,
    max_age: 0,
    max_backups: 0,
  },
};

/** What of the configuration nobody sets over the wire. Changes of it are left out, so that an answer can be sent back whole. */
export const configFacts = (config: Readonly<Config>, orgName: string) => ({
  // Nothing is behind a licence. This is the one by which clients of Fleet's API show everything and warn of nothing.
  license: {
    tier: 'premium',
    organization: orgName,
    device_count: 2_147_483_647,
    expiration: '9999-12-31T23:59:59Z',
    note: 'Flotilla is open source: nothing is behind a licence',
    managed_cloud: false,
  },
  update_interval: {
    osquery_detail: config.inventoryIntervalSeconds * NANOSECONDS,
    osquery_policy: HOUR * NANOSECONDS,
  },
  vulnerabilities: {
    databases_path: '',
    periodicity: HOUR * NANOSECONDS,
    cpe_database_url: '',
    cpe_translations_url: '',
    cve_feed_prefix_url: config.feedsUrl ?? '',
    current_instance_checks: 'auto',
    disable_data_sync: false,
    disable_win_os_vulnerabilities: false,
    osv_for_vulnerabilities: true,
    recent_vulnerability_max_age: 30 * DAY * NANOSECONDS,
  },
  logging: {
    debug: config.logLevel === 'debug',
    json: true,
    status: NO_LOG,
    result: NO_LOG,
    audit: { plugin: 'none', config: null },
  },
});

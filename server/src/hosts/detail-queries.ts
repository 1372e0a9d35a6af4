import type { HostQuery, Platform, Row } from '../kernel/host-queries.ts';
import { toWindowsVersion, windowsVersionSql } from './windows-version.ts';

/** What is known of a host besides its software. Unknown fields are absent. */
export interface HostDetail {
  os?: Row;
  system?: Row;
  /** Fixes of Ubuntu Pro are among its package sources. */
  hasUbuntuPro?: boolean;
  osqueryVersion?: string;
  agentVersion?: string;
  uptimeSeconds?: number;
  primaryIp?: string;
  primaryMac?: string;
  gigsDiskAvailable?: number;
  gigsDiskTotal?: number;
  percentDiskAvailable?: number;
  /** As osquery has it: an abbreviation that may mean several. */
  timezone?: string;
  /** By IANA's name. */
  agentTimeZone?: string;
  batteries?: { cycle_count: number; health: string }[];
  users?: { uid: number; username: string; type: string; groupname: string; shell: string }[];
  distributedIntervalSeconds?: number;
  configRefreshSeconds?: number;
  loggerPeriodSeconds?: number;
}

interface DetailQuery extends HostQuery {
  /** What the rows say; fields it leaves out stay as they were. */
  read(rows: Row[]): HostDetail;
}

const EVERYWHERE: Platform[] = ['linux', 'darwin', 'windows', 'chrome'];
const UNIX: Platform[] = ['linux', 'darwin'];
const detail = (
  name: string,
  platforms: Platform[],
  query: Pick<DetailQuery, 'sql' | 'read' | 'needs'>,
): DetailQuery => ({
  name: `fleet_detail_query_${name}`,
  platforms,
  weight: 'light',
  ...query,
});

/** Named as Fleet names them, so that its own agents treat them alike. */
export const detailQueries: DetailQuery[] = [
  detail('os_version', EVERYWHERE, {
    sql: 'SELECT * FROM os_version LIMIT 1',
    read: ([row]) => (row ? { os: row } : {}),
  }),
  detail('os_windows', ['windows'], {
    sql: windowsVersionSql,
    read: ([row]) => (row ? { os: { ...row, ...toWindowsVersion(row) } } : {}),
  }),
  detail('ubuntu_pro', ['linux'], {
    sql: "SELECT count(*) AS sources FROM apt_sources WHERE base_uri LIKE '%//esm.ubuntu.com/%'",
    read: ([row]) => (row?.sources ? { hasUbuntuPro: Number(row.sources) > 0 } : {}),
  }),
  detail('system_info', EVERYWHERE, {
    sql: 'SELECT * FROM system_info LIMIT 1',
    read: ([row]) => (row ? { system: row } : {}),
  }),
  detail('osquery_info', EVERYWHERE, {
    sql: 'SELECT version FROM osquery_info LIMIT 1',
    read: ([row]) => (row?.version ? { osqueryVersion: row.version } : {}),
  }),
  detail('osquery_flags', EVERYWHERE, {
    sql: "SELECT name, value FROM osquery_flags WHERE name IN ('distributed_interval', 'config_refresh', 'config_tls_refresh', 'logger_tls_period')",
    read: readFlags,
  }),
  detail('uptime', EVERYWHERE, {
    sql: 'SELECT total_seconds FROM uptime LIMIT 1',
    read: ([row]) => number(row?.total_seconds, (uptimeSeconds) => ({ uptimeSeconds })),
  }),
  detail('network_interface_unix', UNIX, {
    sql: `SELECT a.address, d.mac FROM routes r
      JOIN interface_addresses a ON a.interface = r.interface JOIN interface_details d ON d.interface = r.interface
      WHERE r.destination IN ('0.0.0.0', '::') AND r.netmask = 0 AND r.type = 'gateway'
      ORDER BY r.metric, inet_aton(a.address) IS NOT NULL DESC LIMIT 1`,
    read: ([row]) => (row ? { primaryIp: row.address ?? '', primaryMac: row.mac ?? '' } : {}),
  }),
  detail('disk_space_unix', UNIX, {
    sql: "SELECT blocks, blocks_available, blocks_size FROM mounts WHERE path = '/' LIMIT 1",
    read: readDisk,
  }),
  detail('network_interface_windows', ['windows'], {
    sql: `SELECT a.address, d.mac FROM interface_addresses a JOIN interface_details d ON d.interface = a.interface
      JOIN routes r ON r.interface = a.address
      WHERE r.destination IN ('0.0.0.0', '::') AND r.netmask = 0 AND r.type = 'remote'
      ORDER BY r.metric, inet_aton(a.address) IS NOT NULL DESC LIMIT 1`,
    read: ([row]) => (row ? { primaryIp: row.address ?? '', primaryMac: row.mac ?? '' } : {}),
  }),
  detail('network_interface_chrome', ['chrome'], {
    sql: 'SELECT ipv4 AS address, mac FROM network_interfaces LIMIT 1',
    read: ([row]) => (row ? { primaryIp: row.address ?? '', primaryMac: row.mac ?? '' } : {}),
  }),
  detail('disk_space_windows', ['windows'], {
    sql: 'SELECT size AS blocks, free_space AS blocks_available, 1 AS blocks_size FROM logical_drives WHERE boot_partition = 1 LIMIT 1',
    read: readDisk,
  }),
  detail('time', EVERYWHERE, {
    sql: 'SELECT local_timezone FROM time LIMIT 1',
    read: ([row]) => (row?.local_timezone ? { timezone: row.local_timezone } : {}),
  }),
  detail('battery', ['darwin', 'windows'], {
    sql: 'SELECT cycle_count, designed_capacity, max_capacity FROM battery LIMIT 20',
    read: readBatteries,
  }),
  detail('users', UNIX, {
    sql: `SELECT u.uid, u.username, u.type, g.groupname, u.shell FROM users u LEFT JOIN groups g ON g.gid = u.gid
      WHERE u.type <> 'special' AND u.shell NOT LIKE '%/false' AND u.shell NOT LIKE '%/nologin' LIMIT 1000`,
    read: readUsers,
    needs: 'hostUsers',
  }),
  detail('users_windows', ['windows'], {
    sql: `SELECT u.uid, u.username, u.type, g.groupname, u.shell FROM users u LEFT JOIN groups g ON g.gid = u.gid
      WHERE u.type <> 'special' LIMIT 1000`,
    read: readUsers,
    needs: 'hostUsers',
  }),
  detail('users_chrome', ['chrome'], {
    sql: "SELECT uid, email AS username, '' AS type, '' AS groupname, '' AS shell FROM users LIMIT 1000",
    read: readUsers,
    needs: 'hostUsers',
  }),
];

/** Below this share of what it was made for, Fleet calls a battery due for service. */
const HEALTHY_SHARE = 0.8;

function readBatteries(rows: Row[]): HostDetail {
  const batteries = rows.map((row) => {
    const share = Number(row.max_capacity) / Number(row.designed_capacity);
    const isKnown = Number.isFinite(share) && share > 0;
    return {
      cycle_count: Number(row.cycle_count) || 0,
      health: !isKnown ? 'Unknown' : share < HEALTHY_SHARE ? 'Service recommended' : 'Normal',
    };
  });
  return { batteries };
}

function readUsers(rows: Row[]): HostDetail {
  const users = rows.map((row) => ({
    uid: Number(row.uid) || 0,
    username: row.username ?? '',
    type: row.type ?? '',
    groupname: row.groupname ?? '',
    shell: row.shell ?? '',
  }));
  return { users };
}

function number(text: string | undefined, use: (value: number) => HostDetail): HostDetail {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? {} : use(value);
}

function readFlags(rows: Row[]): HostDetail {
  const flags = new Map(rows.map((row) => [row.name, row.value]));
  return {
    ...number(flags.get('distributed_interval'), (distributedIntervalSeconds) => ({ distributedIntervalSeconds })),
    ...number(flags.get('config_refresh') ?? flags.get('config_tls_refresh'), (configRefreshSeconds) => ({
      configRefreshSeconds,
    })),
    ...number(flags.get('logger_tls_period'), (loggerPeriodSeconds) => ({ loggerPeriodSeconds })),
  };
}

function readDisk([row]: Row[]): HostDetail {
  const [blocks, free, size] = [Number(row?.blocks), Number(row?.blocks_available), Number(row?.blocks_size)];
  if (!(blocks > 0) || !Number.isFinite(free * size)) return {};
  const gigs = (count: number) => Math.round((count * size) / 1e7) / 100;
  return {
    gigsDiskAvailable: gigs(free),
    gigsDiskTotal: gigs(blocks),
    percentDiskAvailable: Math.round((free / blocks) * 100),
  };
}

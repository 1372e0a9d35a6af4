import { join } from 'node:path';
import type { EnrolmentFiles } from '../enrolment.ts';

/** The folder of all that the agent's osquery writes: it shares nothing with one that is installed on the host. */
export const osqueryFolder = (agentFolder: string) => join(agentFolder, 'osquery');
export const flagFile = (agentFolder: string) => join(osqueryFolder(agentFolder), 'osquery.flags');

/** The flag file of the agent's osquery. */
export function osqueryFlags(options: {
  agentFolder: string;
  server: URL;
  hostUuid: string;
  enrolment: EnrolmentFiles;
}): string {
  const { server, hostUuid, enrolment } = options;
  const folder = osqueryFolder(options.agentFolder);
  const endpoint = (name: string) => `${server.pathname.replace(/\/+$/, '')}/api/osquery/${name}`;
  const flags = {
    tls_hostname: `${server.hostname}:${server.port || '443'}`,
    tls_server_certs: enrolment.caFile,
    enroll_secret_path: enrolment.secretFile,
    enroll_tls_endpoint: endpoint('enroll'),
    // About half a minute; then osqueryd ends, and the agent can say why and try again.
    tls_enroll_max_attempts: 5,
    host_identifier: 'specified',
    specified_identifier: hostUuid,
    config_plugin: 'tls',
    config_tls_endpoint: endpoint('config'),
    config_refresh: 60,
    logger_plugin: 'tls',
    logger_tls_endpoint: endpoint('log'),
    logger_tls_period: 10,
    logger_min_status: 1,
    disable_distributed: false,
    distributed_plugin: 'tls',
    distributed_interval: 5,
    distributed_tls_max_attempts: 3,
    distributed_tls_read_endpoint: endpoint('distributed/read'),
    distributed_tls_write_endpoint: endpoint('distributed/write'),
    // No socket to be found by others, and no extensions that were installed for the host's own osquery.
    disable_extensions: true,
    pidfile: join(folder, 'osqueryd.pid'),
    database_path: join(folder, 'osquery.db'),
    logger_path: folder,
    utc: true,
    verbose: false,
  };
  return Object.entries(flags)
    .map(([name, value]) => `--${name}=${value}\n`)
    .join('');
}

/** Where osquery's packages for Linux keep their settings; the flags name these paths. */
export const OSQUERY_FOLDER = '/etc/osquery';

/**
 * The flag file with which an osquery of any host reports to the server.
 * @param options.server the address under which hosts reach it, with https
 */
export function osqueryFlags({ server, ownCa }: { server: URL; ownCa: boolean }): string {
  const endpoint = (name: string) => `${server.pathname.replace(/\/+$/, '')}/api/osquery/${name}`;
  return `# osquery reports to the Flotilla server ${server.origin}
--tls_hostname=${server.hostname}:${server.port || '443'}
${ownCa ? '' : "# The server's certificate is checked with the authorities that the host trusts.\n"}--tls_server_certs=${ownCa ? `${OSQUERY_FOLDER}/server-ca.pem` : '/etc/ssl/certs/ca-certificates.crt'}
--enroll_secret_path=${OSQUERY_FOLDER}/enrol-secret
--enroll_tls_endpoint=${endpoint('enroll')}

# The identity of the host. Where machines lack a hardware UUID of their own (some virtual machines, clones), write
# instead:
#   --host_identifier=specified
#   --specified_identifier=<a UUID that stays with the host>
--host_identifier=uuid

--config_plugin=tls
--config_tls_endpoint=${endpoint('config')}
--config_refresh=60

--logger_plugin=tls
--logger_tls_endpoint=${endpoint('log')}
--logger_tls_period=10
--logger_min_status=1

--disable_distributed=false
--distributed_plugin=tls
--distributed_interval=10
--distributed_tls_max_attempts=3
--distributed_tls_read_endpoint=${endpoint('distributed/read')}
--distributed_tls_write_endpoint=${endpoint('distributed/write')}

--utc=true
`;
}

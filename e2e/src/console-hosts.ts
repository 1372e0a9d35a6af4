type Row = Record<string, string>;

/** A host by hand: what it answers to each query, by the end of the query's name. */
export interface ReportedHost {
  name: string;
  uuid: string;
  os: Row;
  packages: Row[];
  python: Row[];
  /** Other answers, by the end of the query's name. */
  answers?: Record<string, Row[]>;
}

/** Speaks osquery's TLS API for one host, as osquery does, but only when told to. */
export interface ReportingHost {
  host: ReportedHost;
  /** Asks for work and answers, until there is none left. */
  report(): Promise<void>;
}

const debian = {
  name: 'Debian GNU/Linux',
  version: '12 (bookworm)',
  major: '12',
  minor: '0',
  patch: '0',
  arch: 'x86_64',
};
const ubuntu = {
  name: 'Ubuntu',
  version: '24.04.1 LTS (Noble Numbat)',
  major: '24',
  minor: '4',
  patch: '0',
  arch: 'x86_64',
};

export const deb = (name: string, version: string): Row => ({
  name,
  version,
  source: 'deb_packages',
  source_package: '',
  arch: 'amd64',
});
const python = (name: string, version: string): Row => ({
  name,
  version,
  source: 'python_packages',
  installed_path: `/usr/local/lib/python3.11/dist-packages/${name}-${version}.dist-info`,
});

/** Packages enough for a second page of a list. */
const many = Array.from({ length: 60 }, (_, i) => deb(`lib-sample-${String(i + 1).padStart(2, '0')}`, `1.${i}-1`));

/** Three hosts whose software differs; one row of the second has no name and cannot be understood. */
export const threeHosts: ReportedHost[] = [
  {
    name: 'ada-laptop',
    uuid: '5b0f7f6e-8a53-4f0e-9a39-000000000001',
    os: { ...debian, platform: 'debian', platform_like: 'debian', codename: 'bookworm' },
    packages: [deb('openssl', '3.0.15-1~deb12u1'), deb('bash', '5.2.15-2+b7'), ...many],
    python: [python('requests', '2.32.3'), python('urllib3', '2.2.3')],
  },
  {
    name: 'build-07',
    uuid: '5b0f7f6e-8a53-4f0e-9a39-000000000002',
    os: { ...debian, platform: 'debian', platform_like: 'debian', codename: 'bookworm' },
    packages: [deb('openssl', '3.0.14-1~deb12u2'), deb('bash', '5.2.15-2+b7'), deb('git', '1:2.39.5-0+deb12u1')],
    python: [python('requests', '2.31.0'), python('', '1.0')],
  },
  {
    name: 'gateway-with-a-very-long-name-0001.production.example.internal',
    uuid: '5b0f7f6e-8a53-4f0e-9a39-000000000003',
    os: { ...ubuntu, platform: 'ubuntu', platform_like: 'debian', codename: 'noble' },
    packages: [deb('openssl', '3.0.13-0ubuntu3.4'), deb('bash', '5.2.21-2ubuntu4')],
    python: [],
  },
];

/** Enrols a host; from then on it reports when told to. */
export async function enrol(serverUrl: string, secret: string, host: ReportedHost): Promise<ReportingHost> {
  const { node_key } = await post<{ node_key: string }>(`${serverUrl}/api/osquery/enroll`, {
    enroll_secret: secret,
    host_identifier: host.uuid,
    platform_type: '9',
    host_details: { os_version: host.os, system_info: systemInfo(host), osquery_info: { version: '5.23.1' } },
  });
  const report = async () => {
    for (;;) {
      const { queries } = await post<{ queries: Row }>(`${serverUrl}/api/osquery/distributed/read`, { node_key });
      const names = Object.keys(queries);
      if (names.length === 0) return;
      await post(`${serverUrl}/api/osquery/distributed/write`, {
        node_key,
        queries: Object.fromEntries(names.map((name) => [name, rowsFor(host, name)])),
        statuses: Object.fromEntries(names.map((name) => [name, '0'])),
      });
    }
  };
  return { host, report };
}

function rowsFor(host: ReportedHost, name: string): Row[] {
  const answers: Record<string, Row[]> = {
    software_deb: host.packages,
    software_python: host.python,
    os_version: [host.os],
    system_info: [systemInfo(host)],
    osquery_info: [{ version: '5.23.1' }],
    osquery_flags: [{ name: 'distributed_interval', value: '10' }],
    kernel_info: [
      { running: '6.1.0-28-amd64', name: 'linux-image-6.1.0-28-amd64', version: '6.1.119-1', arch: 'amd64' },
    ],
    uptime: [{ total_seconds: '86400' }],
    network_interface_unix: [{ address: '192.0.2.7', mac: '02:00:00:00:00:07' }],
    disk_space_unix: [{ blocks: '1000000', blocks_available: '280000', blocks_size: '4096' }],
    ...host.answers,
  };
  const asked = name.replace(/^.*_query_/, '').replace(/:\d+$/, '');
  return answers[asked] ?? [];
}

const systemInfo = (host: ReportedHost): Row => ({
  hostname: host.name,
  computer_name: host.name,
  uuid: host.uuid,
  cpu_type: 'x86_64',
  cpu_brand: 'Example CPU',
  cpu_physical_cores: '2',
  cpu_logical_cores: '4',
  physical_memory: '8589934592',
  hardware_vendor: 'Example',
  hardware_model: 'Model 7',
  hardware_serial: `SERIAL-${host.uuid.slice(-1)}`,
});

async function post<T>(url: string, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

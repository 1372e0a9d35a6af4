import type { Installed, Machine } from './machine.ts';
import { releaseAt, versionAt } from './world.ts';

export type Row = Record<string, string>;

interface Table {
  /** As osquery orders them; `:int` marks numbers, which compare as such. */
  columns: string;
  rows(machine: Machine): Row[];
}

const none = () => [];

/** The tables a simulated Linux host has, with the columns osquery gives them. Others do not exist there. */
export const tables: Record<string, Table> = {
  os_version: {
    columns: 'name version major:int minor:int patch:int build platform platform_like codename arch',
    rows: ({ distribution }) => [distribution.os],
  },
  system_info: {
    columns:
      'hostname uuid cpu_type cpu_subtype cpu_brand cpu_physical_cores:int cpu_logical_cores:int cpu_sockets:int cpu_microcode physical_memory:int hardware_vendor hardware_model hardware_version hardware_serial board_vendor board_model board_version board_serial computer_name local_hostname',
    rows: (machine) => [systemInfo(machine)],
  },
  osquery_info: {
    columns:
      'pid:int uuid instance_id version config_hash config_valid:int extensions build_platform build_distro start_time:int watcher:int platform_mask:int',
    rows: (machine) => [osqueryInfo(machine)],
  },
  osquery_flags: {
    columns: 'name type description default_value value shell_only:int',
    rows: () => [flag('distributed_interval', '10'), flag('config_refresh', '60'), flag('logger_tls_period', '10')],
  },
  uptime: {
    columns: 'days:int hours:int minutes:int seconds:int total_seconds:int',
    rows: () => [{ days: '3', hours: '4', minutes: '5', seconds: '6', total_seconds: '273906' }],
  },
  time: {
    columns: 'timezone local_timezone unix_time:int',
    rows: () => [{ timezone: 'UTC', local_timezone: 'UTC', unix_time: '1760000000' }],
  },
  kernel_info: {
    columns: 'version arguments path device',
    rows: ({ kernel }) => [{ version: kernel, arguments: 'quiet', path: '', device: '' }],
  },
  mounts: {
    columns: 'device path type blocks_size:int blocks:int blocks_free:int blocks_available:int',
    rows: () => [
      {
        device: '/dev/vda1',
        path: '/',
        type: 'ext4',
        blocks_size: '4096',
        blocks: '26214400',
        blocks_available: '9175040',
      },
    ],
  },
  routes: {
    columns: 'destination netmask:int gateway source flags:int interface mtu:int metric:int type',
    rows: () => [
      { destination: '0.0.0.0', netmask: '0', gateway: '10.0.0.1', interface: 'eth0', metric: '100', type: 'gateway' },
    ],
  },
  interface_addresses: {
    columns: 'interface address mask broadcast point_to_point type',
    rows: ({ address }) => [{ interface: 'eth0', address, mask: '255.0.0.0', type: 'dhcp' }],
  },
  interface_details: {
    columns: 'interface mac type:int mtu:int metric:int flags:int',
    rows: ({ uuid }) => [
      { interface: 'eth0', mac: `02:00:${(uuid.slice(0, 8).match(/../g) ?? []).join(':')}`, type: '4', mtu: '1500' },
    ],
  },
  users: {
    columns: 'uid:int gid:int uid_signed:int gid_signed:int username description directory shell uuid type',
    rows: () => [
      { uid: '0', gid: '0', username: 'root', directory: '/root', shell: '/bin/bash' },
      { uid: '1', gid: '1', username: 'daemon', directory: '/usr/sbin', shell: '/usr/sbin/nologin' },
      { uid: '1000', gid: '1000', username: 'ada', directory: '/home/ada', shell: '/bin/bash' },
    ],
  },
  groups: {
    columns: 'gid:int gid_signed:int groupname',
    rows: () => [
      { gid: '0', groupname: 'root' },
      { gid: '1000', groupname: 'ada' },
    ],
  },
  deb_packages: {
    columns: 'name version source size:int arch revision status maintainer section priority admindir',
    rows: (machine) => (machine.distribution.family === 'deb' ? debs(machine) : []),
  },
  rpm_packages: {
    columns: 'name version release source size:int sha1 arch epoch:int install_time:int vendor package_group',
    rows: (machine) => (machine.distribution.family === 'rpm' ? rpms(machine) : []),
  },
  python_packages: {
    columns: 'name version summary author license path directory uid:int',
    rows: ({ python }) => python.map(pythonRow),
  },
  npm_packages: {
    columns: 'name version description author license homepage path directory depth:int uid:int',
    rows: ({ npm }) => npm.map(npmRow),
  },
  portage_packages: {
    columns: 'package version slot build_time:int repository eapi:int size:int world:int',
    rows: none,
  },
  chrome_extensions: { columns: 'browser_type uid:int name profile identifier version author path', rows: none },
  firefox_addons: { columns: 'uid:int name identifier creator type version path', rows: none },
  vscode_extensions: { columns: 'name uuid version path publisher uid:int vscode_edition', rows: none },
  jetbrains_plugins: { columns: 'product_type uid:int name version vendor path', rows: none },
  deb_package_files: { columns: 'package path admindir', rows: none },
  rpm_package_files: { columns: 'package path username groupname mode size:int sha256', rows: none },
  file: { columns: 'path directory filename type size:int atime:int mtime:int', rows: none },
  apt_sources: { columns: 'name source base_uri release version maintainer components architectures', rows: none },
  yum_sources: { columns: 'name baseurl enabled gpgcheck gpgkey', rows: none },
};

const flag = (name: string, value: string): Row => ({
  name,
  value,
  default_value: value,
  type: 'uint64',
  shell_only: '0',
});

/** As osquery tells it at enrolment and when asked. */
export function systemInfo({ hostname, uuid, serial }: Machine): Row {
  return {
    hostname,
    uuid,
    cpu_type: 'x86_64',
    cpu_subtype: '2',
    // osquery 5.20 really ends it with NULs.
    cpu_brand: `AMD EPYC 7B13${'\0'.repeat(8)}`,
    cpu_physical_cores: '4',
    cpu_logical_cores: '8',
    cpu_sockets: '1',
    cpu_microcode: '0x1000065',
    physical_memory: '16777216000',
    hardware_vendor: 'Example Computers',
    hardware_model: 'Rack 4',
    hardware_serial: serial,
    computer_name: hostname,
    local_hostname: hostname,
  };
}

export const osqueryInfo = ({ uuid }: Machine): Row => ({
  pid: '812',
  uuid,
  instance_id: uuid,
  version: '5.23.1',
  config_valid: '1',
  extensions: 'active',
  build_platform: 'linux',
  build_distro: 'centos7',
  watcher: '810',
  platform_mask: '9',
});

function debs({ system, local, distribution, kernel }: Machine): Row[] {
  const row = ({ package: each, level }: Installed): Row => ({
    name: each.name,
    version: versionAt(each, level, distribution.suffix),
    source: each.source === each.name ? '' : each.source,
    size: String(100 + each.name.length * 37),
    arch: each.arch,
    status: 'install ok installed',
    section: 'misc',
    priority: 'optional',
    admindir: '/var/lib/dpkg',
  });
  const image = {
    name: `linux-image-${kernel}`,
    version: kernel.replace(/-[a-z]\w*$/, ''),
    source: 'linux',
    arch: 'amd64',
  };
  const status = 'install ok installed';
  const own = [...local].map(([name, version]) => ({ name, version, source: '', arch: 'amd64', status }));
  return [...system.map(row), ...own, { ...image, status }];
}

function rpms({ system, distribution, kernel }: Machine): Row[] {
  const row = ({ package: each, level }: Installed): Row => {
    const release = `${each.revision}${distribution.suffix}${level}`;
    return {
      name: each.name,
      version: each.upstream,
      release,
      source: `${each.source}-${each.upstream}-${release}.src.rpm`,
      size: String(1000 + each.name.length * 371),
      arch: each.arch === 'all' ? 'noarch' : 'x86_64',
      epoch: '0',
      vendor: distribution.os.name ?? '',
      package_group: 'Unspecified',
    };
  };
  const [version = '', release = ''] = kernel.replace(/\.x86_64$/, '').split(/-(.*)/);
  const core = { name: 'kernel-core', version, release, source: `kernel-${version}-${release}.src.rpm` };
  return [...system.map(row), { ...core, arch: 'x86_64', epoch: '0', vendor: distribution.os.name ?? '' }];
}

const pythonRow = ({ package: { name, upstream, ...rest }, level }: Installed): Row => {
  const version = releaseAt({ name, upstream, ...rest }, level);
  const directory = '/usr/local/lib/python3.11/dist-packages/';
  return { name, version, license: 'MIT', path: `${directory}${name}-${version}.dist-info`, directory, uid: '0' };
};

const npmRow = ({ package: each, level }: Installed): Row => ({
  name: each.name,
  version: releaseAt(each, level),
  license: 'MIT',
  path: `/usr/lib/node_modules/${each.name}/package.json`,
  directory: '/usr/lib/',
  depth: '0',
  uid: '0',
});

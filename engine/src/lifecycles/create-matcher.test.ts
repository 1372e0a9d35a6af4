import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLifecycleMatcher } from './create-matcher.ts';
import { curatedProducts } from './curated-products.ts';
import { findCycle } from './find-cycle.ts';
import type { LifecycleCycle, LifecycleProduct, LifecycleSubject } from './lifecycle.ts';

const cycle = (name: string, more: Partial<LifecycleCycle> = {}): LifecycleCycle => ({
  name,
  label: name,
  released: null,
  supportEnds: null,
  ends: null,
  hasEnded: null,
  extendedEnds: null,
  isLts: false,
  latest: null,
  latestReleased: null,
  ...more,
});
const subject = (fields: Partial<LifecycleSubject>): LifecycleSubject => ({
  kind: 'normal',
  source: '',
  name: '',
  version: '',
  vendor: '',
  release: '',
  bundleIdentifier: '',
  ...fields,
});
const deb = (name: string, version: string) => subject({ source: 'deb_packages', name, version });
const rpm = (name: string, version: string, release = '1') =>
  subject({ source: 'rpm_packages', name, version, release });
const program = (name: string, version: string) => subject({ source: 'programs', name, version });
const app = (bundleIdentifier: string, version: string) => subject({ source: 'apps', bundleIdentifier, version });
const brew = (name: string, version: string) => subject({ source: 'homebrew_packages', name, version });

/** What hosts report, and the cycle it is of. */
const cases: [LifecycleSubject, string][] = [
  [app('com.google.Chrome', '150.0.7871.24'), 'chrome 150'],
  [app('org.mozilla.firefox', '140.2.0'), 'firefox 140'],
  [app('org.libreoffice.script', '25.2.7002'), 'libreoffice 25.2'],
  [app('org.virtualbox.app.VirtualBox', '7.1.4'), 'virtualbox 7.1'],
  [app('org.wireshark.Wireshark', '4.4.2'), 'wireshark 4.4'],
  [app('com.filemaker.client.pro12', '19.6.3'), 'filemaker 19.6'],
  [app('org.blenderfoundation.blender', '4.2.1'), 'blender 4.2'],
  [program('Google Chrome', '150.0.7871.24'), 'chrome 150'],
  [program('Mozilla Firefox (x64 en-US)', '152.0.1'), 'firefox 152'],
  [program('Mozilla Firefox ESR (x64 de)', '115.31.0'), 'firefox 115'],
  [program('Node.js', '20.11.0'), 'nodejs 20'],
  [program('Python 3.11.4 (64-bit)', '3.11.4150.0'), 'python 3.11'],
  [program('PostgreSQL 16', '16.4-1'), 'postgresql 16'],
  [program('MySQL Server 8.0', '8.0.35'), 'mysql 8.0'],
  [program('MariaDB 10.11 (x64)', '10.11.6.0'), 'mariadb 10.11'],
  [program('MongoDB 7.0.5 2008R2Plus SSL (64 bit)', '7.0.5'), 'mongodb 7.0'],
  [program('LibreOffice 7.6.4.1', '7.6.4.1'), 'libreoffice 7.6'],
  [program('Notepad++ (64-bit x64)', '8.6.2'), 'notepad-plus-plus 8.6'],
  [program('Wireshark 4.2.2 x64', '4.2.2'), 'wireshark 4.2'],
  [program('Oracle VM VirtualBox 7.0.14', '7.0.14'), 'virtualbox 7.0'],
  [program('OpenVPN 2.6.8-I001 amd64', '2.6.8'), 'openvpn 2.6'],
  [program('PowerShell 7-x64', '7.4.1.0'), 'powershell 7.4'],
  [program('Visual Studio Professional 2022', '17.8.34316.72'), 'visual-studio 17.8'],
  [program('Microsoft SQL Server 2019 (64-bit)', '15.0.2000.5'), 'mssqlserver 15.0'],
  [program('Java 8 Update 401 (64-bit)', '8.0.4010.10'), 'oracle-jdk 8'],
  [program('Java(TM) SE Development Kit 21.0.2 (64-bit)', '21.0.2.0'), 'oracle-jdk 21'],
  [program('Eclipse Temurin JDK with Hotspot 17.0.10+7 (x64)', '17.0.10.7'), 'eclipse-temurin 17'],
  [program('Microsoft Build of OpenJDK with Hotspot 21.0.2+13 (x64)', '21.0.2.13'), 'microsoft-build-of-openjdk 21'],
  [program('Microsoft Office Professional Plus 2019 - en-us', '16.0.10406.20006'), 'office 2019'],
  [program('Microsoft .NET Runtime - 8.0.1 (x64)', '64.4.23191'), 'dotnet 8'],
  [program('Go Programming Language amd64 go1.21.5', '1.21.5'), 'go 1.21'],
  [brew('node@20', '20.20.0'), 'nodejs 20'],
  [brew('postgresql@14', '14.20'), 'postgresql 14'],
  [brew('python@3.12', '3.12.1'), 'python 3.12'],
  [brew('kubernetes-cli', '1.33.1'), 'kubernetes 1.33'],
  [brew('mongodb-community@7.0', '7.0.4'), 'mongodb 7.0'],
  [brew('ruby@3.2', '3.2.4'), 'ruby 3.2'],
  [deb('nodejs', '18.20.1-1nodesource1'), 'nodejs 18'],
  [rpm('nodejs', '18.20.1', '1nodesource'), 'nodejs 18'],
  [deb('postgresql-13', '13.14-1.pgdg120+1'), 'postgresql 13'],
  [rpm('postgresql13-server', '13.14', '1PGDG.rhel9'), 'postgresql 13'],
  [deb('docker-ce', '5:24.0.7-1~debian.12~bookworm'), 'docker-engine 24.0'],
  [rpm('docker-ce', '24.0.7', '1.el9'), 'docker-engine 24.0'],
  [deb('google-chrome-stable', '150.0.7871.24-1'), 'chrome 150'],
  [rpm('google-chrome-stable', '150.0.7871.24', '1'), 'chrome 150'],
  [deb('mongodb-org-server', '6.0.12'), 'mongodb 6.0'],
  [rpm('mongodb-org-server', '6.0.12', '1.el9'), 'mongodb 6.0'],
  [deb('mysql-community-server', '8.0.35-1debian12'), 'mysql 8.0'],
  [rpm('mysql-community-server', '8.0.35', '1.el9'), 'mysql 8.0'],
  [deb('mariadb-server', '1:10.11.6+maria~deb12'), 'mariadb 10.11'],
  [rpm('MariaDB-server', '10.11.6', '1.el9'), 'mariadb 10.11'],
  [deb('php8.1-cli', '8.1.27-1+0~20231221.66+debian12~1.gbp76d0d8+deb.sury.org'), 'php 8.1'],
  [rpm('php-cli', '8.1.27', '1.el9.remi'), 'php 8.1'],
  [deb('nginx', '1.24.0-1~bookworm'), 'nginx 1.24'],
  [rpm('nginx', '1.24.0', '1.el9.ngx'), 'nginx 1.24'],
  [deb('redis-server', '6:7.2.4-1rl1~bookworm1'), 'redis 7.2'],
  [deb('temurin-17-jdk', '17.0.10.0.0+7'), 'eclipse-temurin 17'],
  [rpm('temurin-17-jdk', '17.0.10.0.0.7', '1'), 'eclipse-temurin 17'],
  [deb('msopenjdk-17', '17.0.10-1'), 'microsoft-build-of-openjdk 17'],
  [rpm('msopenjdk-17', '17.0.10', '1'), 'microsoft-build-of-openjdk 17'],
  [deb('powershell', '7.4.1-1.deb'), 'powershell 7.4'],
  [rpm('powershell', '7.4.1', '1.rh'), 'powershell 7.4'],
  [deb('kubelet', '1.29.1-1.1'), 'kubernetes 1.29'],
  [rpm('kubelet', '1.29.1', '150500.1.1'), 'kubernetes 1.29'],
  [deb('splunk', '9.1.2'), 'splunk 9.1'],
  [rpm('splunk', '9.1.2', 'b6b9c8185839'), 'splunk 9.1'],
  [subject({ source: 'python_packages', name: 'Django', version: '3.2.24' }), 'django 3.2'],
  [subject({ source: 'npm_packages', name: '@angular/core', version: '14.0.1' }), 'angular 14'],
];

const identifiers: Record<string, LifecycleProduct['identifiers']> = {
  django: [{ type: 'purl', id: 'pkg:pypi/django' }],
  angular: [{ type: 'purl', id: 'pkg:npm/%40angular/core' }],
  ruby: [{ type: 'repology', id: 'ruby' }],
  nginx: [{ type: 'purl', id: 'pkg:deb/debian/nginx' }],
};
const products = [...Map.groupBy(cases, ([, expected]) => expected.split(' ')[0] ?? '')].map(
  ([name, of]): LifecycleProduct => ({
    name,
    label: name,
    link: null,
    identifiers: identifiers[name] ?? [],
    cycles: ['999', ...of.map(([, expected]) => expected.split(' ')[1] ?? ''), '0'].map((one) => cycle(one)),
  }),
);
const match = createLifecycleMatcher(products);
const found = (of: LifecycleSubject) => {
  const one = match(of);
  return one && `${one.product} ${one.cycle}`;
};

describe('software and its cycle', () => {
  test.each(cases)('%j is of %s', (of, expected) => {
    expect(found(of)).toBe(expected);
  });

  test('every curated rule has a case', () => {
    const met = curatedProducts.filter((rule) =>
      cases.some(
        ([of]) =>
          of.source === rule.source &&
          rule.name.test(rule.source === 'apps' ? of.bundleIdentifier : of.name) &&
          (!rule.mark || rule.mark.test(of.version) || rule.mark.test(of.release)),
      ),
    );
    expect(curatedProducts.filter((rule) => !met.includes(rule))).toEqual([]);
  });

  test.each([
    ['a package that a distribution mends itself', deb('nginx', '1.22.1-9')],
    ['a runtime of a distribution', deb('nodejs', '18.19.0+dfsg-6~deb12u1')],
    ['an unknown name', program('Nodepad', '8.6')],
    ['a version that is older than all cycles', program('Node.js', '1.2')],
    ['a version without numbers', program('Google Chrome', 'unknown')],
    ['a library in which a product is packed', subject({ source: 'npm_packages', name: 'constructor', version: '1' })],
  ])('%s is of none', (_what, of) => {
    expect(found(of)).toBeNull();
  });
});

describe('systems and their cycle', () => {
  const named = (name: string, names: string[]): LifecycleProduct => ({
    name,
    label: name,
    link: null,
    identifiers: [],
    cycles: names.map((one) => {
      const [cycleName = '', ends = null, latest = null] = one.split('|');
      return cycle(cycleName, { ends, latest });
    }),
  });
  const matchSystem = createLifecycleMatcher([
    named('debian', ['13', '12', '11']),
    named('ubuntu', ['22.10', '22.04']),
    named('centos', ['8', '7']),
    named('centos-stream', ['9', '8']),
    named('macos', ['14', '10.15', '10.1']),
    named('amazon-linux', ['2023', '2']),
    named('linuxmint', ['21.3', '21', 'lmde6']),
    named('windows', [
      '11-23h2-e|2026-11-10|10.0.22631',
      '11-23h2-w|2025-11-11|10.0.22631',
      '10-22h2|2025-10-14|10.0.19045',
      '10-1809-e-lts|2029-01-09|10.0.17763',
      '10-1809-w|2020-11-10|10.0.17763',
      '10-1507-e-lts|2025-10-14|10.0.10240',
    ]),
    named('windows-server', ['2019|2029-01-09|10.0.17763', '1809-sac|2020-11-10|10.0.17763']),
  ]);
  const system = (vendor: string, name: string, version: string) =>
    matchSystem(subject({ kind: 'os', source: 'operating_systems', vendor, name, version }));

  test.each([
    ['debian', 'Debian GNU/Linux', '12 (bookworm)', 'debian 12'],
    ['ubuntu', 'Ubuntu', '22.04.5 LTS (Jammy Jellyfish)', 'ubuntu 22.04'],
    ['centos', 'CentOS Linux', '7.9.2009 (Core)', 'centos 7'],
    ['centos', 'CentOS Stream', '9', 'centos-stream 9'],
    ['darwin', 'macOS', '14.7.1', 'macos 14'],
    ['darwin', 'Mac OS X', '10.15.7', 'macos 10.15'],
    ['amzn', 'Amazon Linux', '2023', 'amazon-linux 2023'],
    ['linuxmint', 'Linux Mint', '21.3 (Virginia)', 'linuxmint 21.3'],
    ['linuxmint', 'LMDE', '6 (faye)', 'linuxmint lmde6'],
    ['windows', 'Windows 11 23H2', '10.0.22631.2861', 'windows 11-23h2-e'],
    ['windows', 'Windows 10 22H2', '10.0.19045.4046', 'windows 10-22h2'],
    ['windows', 'Windows 10', '10.0.17763.1', 'windows 10-1809-w'],
    ['windows', 'Windows 10', '10.0.10240.1', 'windows 10-1507-e-lts'],
    ['windows', 'Windows Server 2019', '10.0.17763.5329', 'windows-server 2019'],
  ])('%s %s %s is %s', (platform, name, version, expected) => {
    const one = system(platform, name, version);
    expect(one && `${one.product} ${one.cycle}`).toBe(expected);
  });

  test('where the end depends on an edition that nobody reports, it says so', () => {
    expect(system('windows', 'Windows 11 23H2', '10.0.22631.2861')?.remark).toContain('other editions end earlier');
    expect(system('windows', 'Windows 10 22H2', '10.0.19045.4046')?.remark).toBeNull();
  });

  test.each([
    ['arch', 'Arch Linux', ''],
    ['debian', 'Debian GNU/Linux', 'trixie/sid'],
    ['toString', 'x', '1'],
    ['windows', 'Windows 12', '10.0.30000.1'],
  ])('%s %s %s is of none', (platform, name, version) => {
    expect(system(platform, name, version)).toBeNull();
  });
});

test('a version has the cycle that has its first numbers, whatever follows', () => {
  const number = fc.integer({ min: 0, max: 99 });
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 3 }), fc.array(number, { maxLength: 3 }), (start, rest) => {
      const name = start.join('.');
      const other = [...start.slice(0, -1), (start.at(-1) ?? 0) + 1].join('.');
      expect(findCycle([cycle(other), cycle(name)], [...start, ...rest].join('.'))?.name).toBe(name);
      expect(findCycle([cycle(other)], [...start, ...rest].join('.'))).toBeNull();
    }),
  );
});

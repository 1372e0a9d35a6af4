import { describe, expect, test } from 'vitest';
import { rowsOf, runCli } from './testing/run-cli.ts';

async function identify(...rows: (object | string)[]) {
  const input = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  const { code, stdout, stderr } = await runCli(['identify'], input);
  return { code, stderr, rows: rowsOf(stdout) };
}

describe('flotilla identify', { timeout: 60_000 }, () => {
  test('answers each line with the same fields and what they mean', async () => {
    const libssl = { name: 'libssl3', version: '3.0.11-1+b1', source: 'deb_packages', source_package: 'openssl' };
    const os = { platform: 'debian', name: 'Debian GNU/Linux', version: '12 (bookworm)' };
    const zip = { name: '7-Zip 24.08 (x64 edition)', version: '24.08.00.0', source: 'programs', vendor: 'Igor Pavlov' };
    const { code, rows } = await identify({ ...libssl, os, asset: 7 }, zip);
    expect(code).toBe(0);
    expect(rows).toEqual([
      {
        ...libssl,
        ...{ os, asset: 7 },
        purl: 'pkg:deb/debian/libssl3@3.0.11-1%2Bb1?distro=debian-12&upstream=openssl',
        ...{ distro: 'debian-12', source_package: 'openssl', source_version: '3.0.11-1' },
        ...{ cpes: [], confidence: 'high', rule: null },
      },
      {
        ...zip,
        purl: 'pkg:generic/7-Zip%2024.08%20%28x64%20edition%29@24.08.00.0',
        ...{ distro: null, source_package: null },
        cpes: ['cpe:2.3:a:7-zip:7-zip:24.08:*:*:*:*:windows:*:*', 'cpe:2.3:a:7-zip:7zip:24.08:*:*:*:*:windows:*:*'],
        ...{ confidence: 'high', rule: '7-zip' },
      },
    ]);
  });

  test.each([
    ['debian', 'Debian GNU/Linux', '12 (bookworm)', 'debian-12'],
    ['', 'Debian 12', '', 'debian-12'],
    ['ubuntu', 'Ubuntu', '22.04.4 LTS', 'ubuntu-22.04'],
    ['', 'Ubuntu 22.04.4 LTS', 'Ubuntu 22.04.4 LTS', 'ubuntu-22.04'],
    ['rhel', 'AlmaLinux', '9.3 (Shamrock Pampas Cat)', 'almalinux-9'],
    ['linux', 'Alpine Linux', '3.11.13', 'alpine-3.11'],
    ['rhel', 'CentOS Linux', '7.9.2009 (Core)', 'centos-7'],
    ['rhel', 'CentOS Stream', '9', 'centos-stream-9'],
    ['rhel', 'Rocky Linux', '9.3', 'rocky-9'],
    ['rhel', 'Red Hat Enterprise Linux', '8.9', 'rhel-8'],
    ['amzn', 'Amazon Linux 2023', '2023', 'amazon-2023'],
    ['', 'Amazon Linux 2', '', 'amazon-2'],
    ['opensuse-leap', 'openSUSE Leap', '15.5', 'opensuse-leap-15.5'],
    ['arch', 'Arch Linux', '', 'arch'],
    ['darwin', 'macOS', '14.1.2', null],
    ['windows', 'Microsoft Windows 11 Pro', '10.0.22631', null],
  ])('a system %s, %s, %s is %s', async (platform, name, version, distro) => {
    const { rows } = await identify({
      name: 'x',
      version: '1',
      source: 'deb_packages',
      os: { platform, name, version },
    });
    expect(rows).toMatchObject([{ distro }]);
  });

  test('says what is wrong with a line, and goes on', async () => {
    const { code, rows } = await identify(
      'nonsense',
      { name: 'x', version: '1' },
      { name: 'x', source: 'apps' },
      { name: 'x', version: '1', source: 'apps', os: 'macOS' },
      { name: 'x', version: '1', source: 'apps', vendor: 1 },
      { name: 'x', version: '1', source: 'apps', os: { name: 1 } },
      { name: '微信', version: '3.8', source: 'programs' },
    );
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { line: 1, error: 'the line is not JSON' },
      { line: 2, error: 'source is missing' },
      { line: 3, error: 'version is missing' },
      { line: 4, error: 'os must be an object' },
      { line: 5, error: 'vendor must be a text' },
      { line: 6, error: 'platform, name and version of os must be texts' },
      { cpes: ['cpe:2.3:a:tencent:wechat:3.8:*:*:*:*:windows:*:*'] },
    ]);
  });

  test('takes no arguments', async () => {
    expect(await runCli(['identify', '--frob'])).toMatchObject({ code: 2, stderr: "Unknown option '--frob'\n" });
  });
});

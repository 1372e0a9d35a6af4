import { expect, test } from 'vitest';
import { type PackageIdentity, toPurl } from './to-purl.ts';

const none: PackageIdentity = {
  source: '',
  name: '',
  version: '',
  arch: '',
  release: '',
  extensionId: '',
  sourcePackage: '',
  sourceVersion: '',
  distribution: null,
};
const debian = { family: 'debian', key: 'debian-12' };
const rhel = { family: 'rhel', key: 'rhel-9' };

test.each<[string, Partial<PackageIdentity>]>([
  [
    'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl',
    {
      source: 'deb_packages',
      name: 'libssl3',
      version: '3.0.11-1~deb12u2',
      arch: 'amd64',
      sourcePackage: 'openssl',
      distribution: debian,
    },
  ],
  [
    'pkg:deb/debian/libstdc%2B%2B6@1:12.2.0-14%2Bdeb12u1?arch=all',
    {
      source: 'deb_packages',
      name: 'libstdc++6',
      version: '1:12.2.0-14+deb12u1',
      arch: 'all',
      sourcePackage: 'libstdc++6',
    },
  ],
  [
    'pkg:rpm/redhat/bind@9.16.23-14.el9?arch=x86_64&distro=rhel-9&epoch=32',
    {
      source: 'rpm_packages',
      name: 'bind',
      version: '9.16.23',
      release: '14.el9',
      arch: 'x86_64',
      sourceVersion: '32:9.16.23-14.el9',
      distribution: rhel,
    },
  ],
  [
    'pkg:apk/alpine/curl@8.5.0-r0?arch=x86_64',
    { source: 'apk_packages', name: 'curl', version: '8.5.0-r0', arch: 'x86_64' },
  ],
  ['pkg:npm/%40angular/core@17.0.1', { source: 'npm_packages', name: '@angular/core', version: '17.0.1' }],
  ['pkg:pypi/typing-extensions@4.9.0', { source: 'python_packages', name: 'Typing_extensions', version: '4.9.0' }],
  [
    'pkg:golang/github.com/go-task/task/v3@v3.0.0',
    { source: 'go_binaries', name: 'github.com/go-task/task/v3', version: 'v3.0.0' },
  ],
  [
    'pkg:vscode-extension/ms-python/python@2024.0.1',
    { source: 'vscode_extensions', name: 'ms-python.python', version: '2024.0.1' },
  ],
  [
    'pkg:generic/Google%20Chrome@120.0.6099.130',
    { source: 'programs', name: 'Google Chrome', version: '120.0.6099.130' },
  ],
  ['pkg:generic/it%27s%20%28odd%29%2F', { source: 'programs', name: "it's (odd)/" }],
])('%s', (purl, given) => {
  expect(toPurl({ ...none, ...given })).toBe(purl);
});

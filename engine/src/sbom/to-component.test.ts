import { expect, test } from 'vitest';
import { type SbomSoftware, toComponent } from './to-component.ts';

const none: SbomSoftware = {
  kind: 'normal',
  versionId: 12,
  contextId: 3,
  source: 'rpm_packages',
  name: 'bash',
  version: '5.1.8',
  release: '9.el9',
  arch: 'x86_64',
  vendor: 'AlmaLinux',
  extensionId: '',
  bundleIdentifier: '',
  sourcePackage: 'bash',
  sourceVersion: '5.1.8-9.el9',
  distribution: { family: 'almalinux', key: 'almalinux-9' },
  cpe: '',
  hosts: 7,
};

test('a package is a component that names its supplier, its package URL and how many hosts have it', () => {
  expect(toComponent(none)).toEqual({
    type: 'application',
    'bom-ref': 'version-12-context-3',
    supplier: { name: 'AlmaLinux' },
    name: 'bash',
    version: '5.1.8-9.el9',
    purl: 'pkg:rpm/almalinux/bash@5.1.8-9.el9?arch=x86_64&distro=almalinux-9',
    properties: [
      { name: 'flotilla:source', value: 'rpm_packages' },
      { name: 'flotilla:arch', value: 'x86_64' },
      { name: 'flotilla:hosts', value: '7' },
      { name: 'flotilla:distribution', value: 'almalinux-9' },
      { name: 'flotilla:source_package', value: 'bash' },
      { name: 'flotilla:source_version', value: '5.1.8-9.el9' },
    ],
  });
});

test('a system has no package URL, a library is called one, and what is not known is left out', () => {
  const system = toComponent({ ...none, kind: 'os', source: 'operating_systems', hosts: null });
  expect(system).toMatchObject({ type: 'operating-system' });
  expect(Object.keys(system)).not.toContain('purl');
  expect(toComponent({ ...none, source: 'python_packages' }).type).toBe('library');
  const bare = toComponent({ ...none, version: '', release: '', vendor: '', cpe: '' });
  expect(Object.keys(bare)).toEqual(['type', 'bom-ref', 'name', 'purl', 'properties']);
});

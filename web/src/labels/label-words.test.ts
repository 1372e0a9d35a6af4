import { expect, test } from 'vitest';
import { hostNames, membershipWords } from './label-words.ts';

const label = { label_type: 'regular', label_membership_type: 'dynamic', platform: '' } as const;

test('a label says how hosts become members', () => {
  expect([
    membershipWords({ ...label, label_type: 'builtin' }),
    membershipWords({ ...label, platform: 'darwin' }),
    membershipWords({ ...label, label_membership_type: 'manual' }),
    membershipWords({
      ...label,
      label_membership_type: 'host_vitals',
      criteria: { vital: 'hostname', value: 'build-*' },
    }),
  ]).toEqual([
    'Built in: kept by the server',
    'Hosts on macOS for which its query finds a row; asked with every inventory',
    'People put it on hosts and take it off',
    'Hosts whose host name is “build-*”',
  ]);
});

test('host names are taken as they are pasted, each once', () => {
  expect(hostNames(' ada-laptop\nbuild-07, build-07;\n\n gateway ')).toEqual(['ada-laptop', 'build-07', 'gateway']);
});

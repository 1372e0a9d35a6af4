import { expect, it } from 'vitest';
import { readHostFacts, readOsRelease } from './host-facts.ts';

it('reads os-release with and without quotes', () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nID_LIKE=\'rhel fedora\'\n# no\n';
  expect(readOsRelease(text)).toEqual({
    PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)',
    ID: 'debian',
    ID_LIKE: 'rhel fedora',
  });
});

it('always knows a name and a platform of this host', () => {
  const facts = readHostFacts();
  expect(facts.hostname).not.toBe('');
  expect(facts.platform).toMatch(/^[a-z]/);
});

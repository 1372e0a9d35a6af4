import { expect, test } from 'vitest';
import { draftOf, lacksRole, roleBody, rolesInWords } from './roles.ts';

const design = { id: 2, name: 'Design', description: '', role: 'observer' as const };
const servers = { id: 3, name: 'Servers', description: '', role: 'admin' as const };

test('roles are said in words', () => {
  expect([
    rolesInWords({ global_role: 'admin', fleets: [] }),
    rolesInWords({ global_role: null, fleets: [design] }),
    rolesInWords({ global_role: null, fleets: [design, servers] }),
    rolesInWords({ global_role: null, fleets: [] }),
    rolesInWords({ global_role: 'brand_new', fleets: [] }),
  ]).toEqual(['Administrator', 'Observer in Design', 'Roles in 2 fleets', 'No role', 'brand_new']);
});

test('a role everywhere and roles in fleets are never sent together', () => {
  expect(roleBody(draftOf({ global_role: 'admin', fleets: [design] }))).toEqual({ global_role: 'admin' });
  expect(roleBody(draftOf({ global_role: null, fleets: [design] }))).toEqual({
    global_role: null,
    fleets: [{ id: 2, role: 'observer' }],
  });
});

test('somebody without any role cannot be saved', () => {
  expect(lacksRole({ global: null, fleets: [] })).toBe(true);
  expect(lacksRole({ global: null, fleets: [{ id: 2, role: 'observer' }] })).toBe(false);
});

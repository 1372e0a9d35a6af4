import { expect, test } from 'vitest';
import { advisoriesIn, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { archSecurity } from './arch-security.ts';

const items = await parseAll(archSecurity, fixtureFiles('arch-security'));
const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
const statement = (name: string) => byId.get(name)?.affected[0];

test('a group of packages shares its vulnerabilities and the version with the fix', () => {
  const said = { scheme: 'pacman', statement: 'ranges', ranges: [{ fixed: '2.38-2' }] };
  expect(byId.get('AVG-1324')).toEqual({
    feed: 'arch-security',
    id: 'AVG-1324',
    vulnerabilities: ['CVE-2023-4911'],
    aliases: [],
    affected: [
      { key: 'pacman:arch:glibc', ...said },
      { key: 'pacman:arch:lib32-glibc', ...said },
    ],
    severity: { rating: 'High' },
  });
});

test.each([
  ['AVG-9999', { statement: 'ranges', ranges: [{}] }],
  ['AVG-2737', { statement: 'not_affected', ranges: [] }],
  ['AVG-2781', { statement: 'undetermined', ranges: [] }],
])('%s is %j', (name, said) => {
  expect(statement(name)).toMatchObject(said);
});

test('a group without ids of vulnerabilities goes by its own name', () => {
  expect(byId.get('AVG-2222')?.vulnerabilities).toEqual(['AVG-2222']);
});

test('what is not understood is a problem', () => {
  expect(problemsIn(items)).toEqual([
    { record: 'AVG-2223', problem: 'an unknown status' },
    { record: 'AVG-2224', problem: 'no packages' },
    { record: 'entry 8', problem: 'no name of a group' },
  ]);
});

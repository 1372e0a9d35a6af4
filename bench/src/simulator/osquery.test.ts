import { expect, it } from 'vitest';
import { withCache } from './answer-cache.ts';
import { enrolBody, writeBody } from './bodies.ts';
import { createMachine, updateSome } from './machine.ts';
import { createOsquery } from './osquery.ts';
import type { Row } from './tables.ts';
import { createWorld } from './world.ts';

const world = createWorld('seed');
const machines = Array.from({ length: 30 }, (_, index) => createMachine(world, { seed: 'seed', index, software: 100 }));
const family = (name: 'deb' | 'rpm') => {
  const found = machines.find((each) => each.distribution.family === name);
  if (!found) throw new Error(`no ${name} machine`);
  return found;
};
const osquery = createOsquery();
const rows = (sql: string, machine = family('deb')): Row[] => JSON.parse(osquery.answer(machine, sql).rows) as Row[];

it('runs the SQL it is given, whatever the query is called', () => {
  const found = rows("SELECT name, version, 'deb_packages' AS source, source AS from_source FROM deb_packages LIMIT 2");
  expect(found).toHaveLength(2);
  expect(Object.keys(found[0] ?? {})).toEqual(['name', 'version', 'source', 'from_source']);
  expect(found[0]?.source).toBe('deb_packages');
});

it('every cell is a text, and what is unknown is empty', () => {
  expect(rows('SELECT 1 AS one, 1.5 AS half, NULL AS unknown')).toEqual([{ one: '1', half: '1.5', unknown: '' }]);
});

it('numbers compare as numbers, as in osquery', () => {
  expect(rows("SELECT interface FROM routes WHERE netmask = 0 AND inet_aton('10.0.0.1') = 167772161")).toEqual([
    { interface: 'eth0' },
  ]);
});

it('a table of another platform does not exist, and a wrong query fails alone', () => {
  expect(osquery.answer(family('deb'), 'SELECT * FROM programs')).toEqual({
    rows: '[]',
    status: 1,
    message: 'no such table: programs',
  });
  expect(osquery.answer(family('deb'), 'SELECT nope FROM users').message).toBe('no such column: nope');
  expect(osquery.answer(family('deb'), 'SELEC').status).toBe(1);
});

it('each family of distributions has its own packages, and its running kernel among them', () => {
  expect(rows('SELECT * FROM rpm_packages', family('deb'))).toEqual([]);
  expect(rows('SELECT * FROM deb_packages', family('rpm'))).toEqual([]);
  const deb = "SELECT d.name FROM kernel_info k JOIN deb_packages d ON d.name = 'linux-image-' || k.version";
  expect(rows(deb, family('deb'))).toHaveLength(1);
  const rpm =
    "SELECT 1 FROM kernel_info k JOIN rpm_packages r ON r.version || '-' || r.release || '.' || r.arch = k.version";
  expect(rows(rpm, family('rpm'))).toHaveLength(1);
});

it('answers of one machine never reach another', () => {
  const sql = 'SELECT hostname FROM system_info';
  for (const each of [...machines, ...machines]) expect(rows(sql, each)).toEqual([{ hostname: each.hostname }]);
});

it('remembered answers end when the machine changes', () => {
  const machine = createMachine(world, { seed: 'seed', index: 99, software: 100 });
  const cached = withCache(osquery);
  const sql =
    'SELECT name, version FROM deb_packages UNION ALL SELECT name, version || release FROM rpm_packages UNION ALL SELECT name, version FROM python_packages UNION ALL SELECT name, version FROM npm_packages';
  const before = cached.answer(machine, sql);
  expect(cached.answer(machine, sql)).toBe(before);
  updateSome(machine, 0.1);
  expect(cached.answer(machine, sql).rows).not.toBe(before.rows);
});

it('bodies have the shape osquery gives them', () => {
  const body = writeBody('key', [
    ['b:1', { rows: '[{"a":"1"}]', status: 0, message: '' }],
    ['a:1', { rows: '[]', status: 1, message: 'no such table: "x"' }],
  ]);
  expect(JSON.parse(body)).toEqual({
    queries: { 'a:1': [], 'b:1': [{ a: '1' }] },
    statuses: { 'a:1': 1, 'b:1': 0 },
    messages: { 'a:1': 'no such table: "x"', 'b:1': '' },
    stats: { 'a:1': expect.any(Object), 'b:1': expect.any(Object) },
    node_key: 'key',
  });
  expect(Object.keys(JSON.parse(body).queries)).toEqual(['a:1', 'b:1']);
  const enrolment = JSON.parse(enrolBody(family('deb'), 's'));
  expect(enrolment).toMatchObject({ enroll_secret: 's', host_identifier: family('deb').uuid, platform_type: '9' });
  const texts = Object.values(enrolment.host_details as Record<string, Row>).flatMap((row) => Object.values(row));
  for (const value of texts) expect(typeof value).toBe('string');
});

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Platform, Row } from '../../kernel/host-queries.ts';
import {
  askedSources,
  corrections,
  deliveredSources,
  inventoryQueries,
  signatureSources,
  useSources,
} from '../sources.ts';

interface Registered {
  name: string;
  platforms: readonly Platform[];
  sql: string;
  /** What becomes of a row; undefined for none. */
  read(row: Row): unknown;
  fixture: string;
  /** osquery has its tables. */
  isStock: boolean;
}

/** Tables that only an extension of osquery brings. */
const EXTENDED = /\b(?:fleetd_pacman_packages|apk_packages|go_binaries|adobe_plugins|orbit_info|parse_ini|codesign)\b/;

const told = [
  ...askedSources.map((one) => ({ ...one, name: one.queryName, sql: one.query, read: one.toSoftware, kind: '' })),
  ...corrections.map((one) => ({ ...one, name: one.queryName, sql: one.query, read: (row: Row) => row, kind: '' })),
  ...useSources.map((one) => ({ ...one, read: one.toUse, kind: '.used' })),
  ...signatureSources.map((one) => ({ ...one, read: one.toSignature, kind: '' })),
];
const registered = told.map(
  ({ name, platforms, sql, read, kind }): Registered => ({
    ...{ name, platforms, sql, read },
    fixture: `${name.replace('fleet_detail_query_', '')}.${platforms[0]}${kind}.json`,
    isStock: !EXTENDED.test(sql),
  }),
);

const fixtureOf = (queryName: string, [platform]: readonly Platform[]) =>
  `${queryName.replace('fleet_detail_query_', '')}.${platform}.json`;

interface Fixture {
  tables: Record<string, Row[]>;
  expected: object[];
}

const folder = new URL('fixtures/', import.meta.url);
const readFixture = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture;

/** osquery is SQLite over tables made at the moment of the question; here they are made from the fixture. */
function answer({ tables }: Fixture, sql: string): Row[] {
  const db = new DatabaseSync(':memory:');
  for (const [name, rows] of Object.entries(tables)) {
    const columns = [...new Set(rows.flatMap(Object.keys))];
    if (columns.length === 0) columns.push('name');
    db.exec(`create table ${name} (${columns.map((column) => `"${column}" ${typeOf(column)}`).join(', ')})`);
    const insert = db.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...columns.map((column) => row[column] ?? ''));
  }
  const toTexts = (row: object) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')]));
  return db.prepare(sql).all().map(toTexts);
}

/** As osquery declares them; numbers compare as numbers. */
const typeOf = (column: string) =>
  ['uid', 'hash_resources', 'signed', 'atime', 'last_run_time', 'epoch'].includes(column) ? 'integer' : 'text';

test.each(registered)('$name ($platforms.0) reads what its tables hold', (one) => {
  const fixture = readFixture(one.fixture);
  const read = answer(fixture, one.sql)
    .map((row) => one.read(row))
    .filter((each) => each !== null);
  const plain = JSON.parse(JSON.stringify(read)) as object[];
  expect(plain).toHaveLength(fixture.expected.length);
  expect(plain).toEqual(expect.arrayContaining(fixture.expected.map((some) => expect.objectContaining(some))));
});

test.each(deliveredSources)(
  '$queryName ($platforms.0) reads what is delivered',
  ({ queryName, platforms, toSoftware }) => {
    const text = readFileSync(new URL(fixtureOf(queryName, platforms), folder), 'utf8');
    const { rows, expected } = JSON.parse(text) as { rows: Row[]; expected: object[] };
    expect(rows.map(toSoftware)).toEqual(expected.map((some) => expect.objectContaining(some)));
    expect(inventoryQueries.filter((query) => query.platforms.some((one) => platforms.includes(one)))).toEqual([]);
  },
);

test('no fixture is left over, and no query is asked for twice', () => {
  const delivered = deliveredSources.map(({ queryName, platforms }) => fixtureOf(queryName, platforms));
  expect(readdirSync(folder).sort()).toEqual(
    [...new Set([...registered.map((one) => one.fixture), ...delivered])].sort(),
  );
  for (const platform of ['linux', 'darwin', 'windows', 'chrome'] as const) {
    const texts = new Map<string, string>();
    for (const { name, sql } of inventoryQueries.filter((query) => query.platforms.includes(platform))) {
      expect(texts.get(name) ?? sql, `${name} on ${platform}`).toBe(sql);
      texts.set(name, sql);
    }
  }
});

const program = fileURLToPath(
  new URL(
    '../../../../node_modules/@cdxgen/cdxgen-plugins-bin-linux-amd64/plugins/osquery/osqueryi-linux-amd64',
    import.meta.url,
  ),
);
const here = registered.filter((one) => one.platforms.includes('linux') && one.isStock);
test.skipIf(!existsSync(program))(
  'a real osquery answers every query whose tables it has on Linux [needs the packaged osquery]',
  { timeout: 120_000 },
  () => {
    const statements = here.map(({ sql }) => `${sql.replaceAll(/\s+/g, ' ')};`);
    const { stdout } = spawnSync(program, ['--json', '--ephemeral', '--disable_database', '--disable_extensions'], {
      argv0: 'osqueryi',
      input: `${statements.join('\n')}\n`,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    const answers = stdout
      .trim()
      .split(/(?<=^\])\s*\n(?=\[)/m)
      .map((text) => JSON.parse(text) as Row[]);
    expect(answers).toHaveLength(here.length);
    for (const [index, one] of here.entries()) {
      for (const row of answers[index] ?? []) expect(one.read(row) ?? {}).not.toHaveProperty('problem');
    }
  },
);

import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createSetUpDatabase } from '../../testing/set-up-database.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read } from '../../testing/test-server.ts';
import { connect } from '../db/connect.ts';
import { createLog } from '../log.ts';
import { migrate, RESTORING } from '../migrate/migrate.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { checkArchive } from './read-archive.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const log = createLog('fatal');
/** Characters that COPY, JSON and terminals treat as something else. */
const ODD = 'a\\b\tc\nd\r "e" \\N \\. \u202e🚢 Ж';

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const placeIn = (dataDir: string) => ({ dataDir, storageFolder: join(dataDir, 'packages'), version: '0.1.0' });

async function createEmptyDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const admin = connect(server, log, 1);
  const database = `empty_${randomUUID().replaceAll('-', '')}`;
  await sql`create database ${sql.id(database)}`.execute(admin);
  const connection = { ...server, database };
  const db = connect(connection, log, 4);
  onTestFinished(async () => {
    await db.destroy();
    await sql`drop database ${sql.id(database)} with (force)`.execute(admin);
    await admin.destroy();
  });
  return { db, connection };
}

/** A server with hosts that have software, and a past of it. */
async function createScene() {
  const database = await createSetUpDatabase();
  const endings: (() => Promise<void>)[] = [];
  const server = await createTestServer({ database, atEnd: (cleanUp) => endings.push(cleanUp) });
  const token = await server.setUp();
  const hosts = [await enrolHost(server, ODD), await enrolHost(server, 'second')];
  for (const host of hosts) await host.report({ deb_packages: [deb('openssl'), deb('curl', '8.0-1')] });
  server.clock.forward(7200);
  await hosts[0]?.report({ deb_packages: [deb('openssl', '2.0-1')] });
  await sql`create table inventory.host_software_past_2024_05 partition of inventory.host_software_past
    for values from ('2024-05-01') to ('2024-06-01')`.execute(database.db);
  await sql`insert into inventory.host_software_past values (1, 1, '2024-04-01', '2024-05-02', '2024-05-03')`.execute(
    database.db,
  );
  // When it saw its hosts it writes from time to time, and at its end.
  for (const cleanUp of endings) await cleanUp();
  const folder = createFolder();
  const place = placeIn(join(folder, 'from'));
  for (const path of ['keys', 'packages/ab', 'packages/incoming']) {
    mkdirSync(join(place.dataDir, path), { recursive: true });
  }
  writeFileSync(join(place.dataDir, 'keys/secret.key'), 'KEY');
  writeFileSync(join(place.dataDir, 'packages/ab/abc'), Buffer.alloc(100_000, 3));
  writeFileSync(join(place.dataDir, 'packages/incoming/half'), 'x');
  const file = join(folder, 'backup.tar');
  const backup = await writeBackup(place, database.connection, { file });
  return { database, clock: server.clock, token, folder, place, file, backup };
}

test('what is restored answers as before and is the same backup again, to the byte', async () => {
  const { database, clock, token, folder, file, backup } = await createScene();
  expect(backup.rows).toBeGreaterThan(20);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const manifest = await checkArchive(file);
  const target = await createEmptyDatabase();
  const place = placeIn(join(folder, 'to'));
  await restoreBackup({ place, connection: target.connection, log }, file, manifest);
  expect(readFileSync(join(place.dataDir, 'keys/secret.key'), 'utf8')).toBe('KEY');
  expect(readFileSync(join(place.dataDir, 'packages/ab/abc'))).toEqual(Buffer.alloc(100_000, 3));

  const again = join(folder, 'again.tar');
  await writeBackup(place, target.connection, { file: again });
  const { tables, sequences, migrations } = await checkArchive(again);
  expect({ tables, sequences, migrations }).toEqual({
    tables: manifest.tables,
    sequences: manifest.sequences,
    migrations: manifest.migrations,
  });
  const original = await createTestServer({ database });
  const restored = await createTestServer({ database: target });
  for (const server of [original, restored]) server.clock.now = clock.now;
  for (const path of ['hosts', 'software/titles', 'activities']) {
    const url = `/api/v1/fleet/${path}`;
    expect(await read(restored, token, url)).toEqual(await read(original, token, url));
  }
  const newHost = await enrolHost(restored, 'third');
  await newHost.report({ deb_packages: [deb('openssl')] });
});

test('keys, indices and partitions are those that migrations make', async () => {
  const { database, folder, file } = await createScene();
  const target = await createEmptyDatabase();
  const manifest = await checkArchive(file);
  await restoreBackup({ place: placeIn(join(folder, 'to')), connection: target.connection, log }, file, manifest);
  const shape = async ({ db }: TestDatabase) => {
    const { rows } = await sql<{ line: string }>`
      select format('%s %s %s', indrelid::regclass, indisvalid, regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+', '')) as line
      from pg_index join pg_class on pg_class.oid = indrelid where relnamespace::regnamespace::text !~ '^pg_'
      union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where conrelid <> 0
      order by 1`.execute(db);
    return rows.map((row) => row.line);
  };
  expect(await shape(target)).toEqual(await shape(database));
});

test('a file that was cut or altered is refused, wherever', async () => {
  const { folder, file } = await createScene();
  const bad = join(folder, 'bad.tar');
  const { size } = statSync(file);
  for (const part of [0.1, 0.5, 0.9]) {
    copyFileSync(file, bad);
    truncateSync(bad, Math.floor(size * part));
    await expect(checkArchive(bad)).rejects.toThrow(/cut|whole/);
    const bytes = readFileSync(file);
    // Past the padding of a small entry: the package is 100,000 bytes of one value.
    const at = part === 0.5 ? bytes.indexOf(Buffer.alloc(2000, 3)) : bytes.indexOf('copy.zst') + 512;
    bytes[at + 100] = (bytes[at + 100] ?? 0) ^ 1;
    writeFileSync(bad, bytes);
    await expect(checkArchive(bad)).rejects.toThrow(/altered/);
  }
  await expect(checkArchive(join(folder, 'absent.tar'))).rejects.toThrow(/no file/);
});

test('a database that is not empty is refused, and nothing in it is touched', async () => {
  const { database, folder, file } = await createScene();
  const manifest = await checkArchive(file);
  const restoring = { place: placeIn(join(folder, 'to')), connection: database.connection, log };
  await expect(restoreBackup(restoring, file, manifest)).rejects.toThrow(/not empty/);
  await migrate({ db: database.db, log });
});

test('a restore that was interrupted keeps servers off, and is begun anew by the next', async () => {
  const { folder, file } = await createScene();
  const target = await createEmptyDatabase();
  await migrate({ db: target.db, log });
  await sql`insert into kernel.setting values ('half', '1')`.execute(target.db);
  await sql`create schema ${sql.id(RESTORING)}`.execute(target.db);
  await expect(migrate({ db: target.db, log })).rejects.toThrow(/interrupted/);
  const restoring = { place: placeIn(join(folder, 'to')), connection: target.connection, log };
  await restoreBackup(restoring, file, await checkArchive(file));
  expect(await migrate({ db: target.db, log })).toEqual([]);
  const { rows } = await sql`select from kernel.setting where name = 'half'`.execute(target.db);
  expect(rows).toEqual([]);
});

test('a backup of a newer version is refused by name', async () => {
  const { folder, file } = await createScene();
  const manifest = await checkArchive(file);
  const newer = { ...manifest, migrations: [...manifest.migrations, '9999-hosts-from-the-future.sql'] };
  const target = await createEmptyDatabase();
  const restoring = { place: placeIn(join(folder, 'to')), connection: target.connection, log };
  await expect(restoreBackup(restoring, file, newer)).rejects.toThrow(/9999-hosts-from-the-future/);
});

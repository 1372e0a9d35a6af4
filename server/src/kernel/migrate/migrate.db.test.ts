import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { connect } from '../db/connect.ts';
import { createLog } from '../log.ts';
import { migrate } from './migrate.ts';

const files = readdirSync(new URL('../../../migrations', import.meta.url));

async function createEmptyDatabase() {
  const server = inject('postgres');
  const log = createLog('fatal');
  const admin = connect(server, log, 1);
  const database = `empty_${randomUUID().replaceAll('-', '')}`;
  await sql`create database ${sql.id(database)}`.execute(admin);
  const db = connect({ ...server, database }, log, 4);
  onTestFinished(async () => {
    await db.destroy();
    await sql`drop database ${sql.id(database)} with (force)`.execute(admin);
    await admin.destroy();
  });
  return { db, log };
}

test('of processes that start at once one migrates and the others find it done', async () => {
  const ctx = await createEmptyDatabase();
  const applied = await Promise.all([migrate(ctx), migrate(ctx), migrate(ctx)]);
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, files.length]);
  expect(await migrate(ctx)).toEqual([]);
});

test('a database of a newer version is refused by name', async () => {
  const ctx = await createEmptyDatabase();
  await migrate(ctx);
  await sql`insert into kernel.migration (name) values ('9999-hosts-from-the-future.sql')`.execute(ctx.db);
  await expect(migrate(ctx)).rejects.toThrow(/9999-hosts-from-the-future/);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createDomains } from '../domains.ts';
import { ensureEnrolSecret, listEnrolSecrets } from '../fleets/index.ts';
import { createTestServer } from '../testing/test-server.ts';
import { rotateSecretKey } from './rotate-key.ts';
import { addSecretKey, createSecretBox, keyFile, readSecretKeys } from './secrets.ts';
import { createTestDatabase } from './testing/test-database.ts';

async function createScene() {
  const { system } = await createTestServer({ database: await createTestDatabase() });
  const dataDir = mkdtempSync(join(tmpdir(), 'flotilla-keys-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const ctx = { ...system, secrets: createSecretBox(() => readSecretKeys(dataDir)) };
  await sql`truncate fleets.enrol_secret`.execute(ctx.db);
  await ensureEnrolSecret(ctx);
  const columns = createDomains(ctx).domains.flatMap((domain) => domain.sealedColumns ?? []);
  return { ctx, dataDir, columns };
}

test('a new key seals everything anew, and a running server hears of it', async () => {
  const { ctx, dataDir, columns } = await createScene();
  const [before] = await listEnrolSecrets(ctx);
  const old = readSecretKeys(dataDir);
  expect(await rotateSecretKey(ctx, { dataDir, columns })).toBe(1);
  expect(await listEnrolSecrets(ctx)).toEqual([before]);
  const [newest] = readSecretKeys(dataDir);
  expect(await listEnrolSecrets({ ...ctx, secrets: createSecretBox(() => [newest as Buffer]) })).toEqual([before]);
  await expect(listEnrolSecrets({ ...ctx, secrets: createSecretBox(() => old) })).rejects.toThrow(/secret.key/);
  expect(readFileSync(keyFile(dataDir), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a change that was interrupted opens everything, and is completed by the next', async () => {
  const { ctx, dataDir, columns } = await createScene();
  const [before] = await listEnrolSecrets(ctx);
  for (let time = 0; time < 3; time += 1) addSecretKey(dataDir);
  expect(await listEnrolSecrets(ctx)).toEqual([before]);
  await rotateSecretKey(ctx, { dataDir, columns });
  expect(await listEnrolSecrets(ctx)).toEqual([before]);
});

test('every column that is named as encrypted is in the list', async () => {
  const { ctx, columns } = await createScene();
  const { rows } = await sql<{ name: string }>`
    select format('%s.%s.%s', table_schema, table_name, column_name) as name from information_schema.columns
    where column_name ~ '_encrypted$' or column_name ~ '_sealed$'`.execute(ctx.db);
  expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(
    expect.arrayContaining(rows.map((row) => row.name)),
  );
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { inject, onTestFinished } from 'vitest';
import { findPerson } from '../accounts/index.ts';
import { addHostApis } from '../check-in/index.ts';
import { createDomains } from '../domains.ts';
import { ensureEnrolSecret, listEnrolSecrets } from '../fleets/index.ts';
import { startSeenBuffer } from '../hosts/index.ts';
import { type Catalogue, createCatalogue, foldCounts } from '../inventory/index.ts';
import { readConfig } from '../kernel/config.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import { createHttpServer } from '../kernel/http/server.ts';
import { createLog } from '../kernel/log.ts';
import { createSecretBox } from '../kernel/secrets.ts';
import { openFolderStore } from '../kernel/storage/folder-store.ts';
import type { AtEnd, TestDatabase } from '../kernel/testing/test-database.ts';
import { foldVulnerabilityCounts } from '../vulnerabilities/index.ts';
import { createSetUpDatabase } from './set-up-database.ts';

export interface TestServer {
  app: FastifyInstance;
  system: Context;
  catalogue: Catalogue;
  /** A domain added here hears events too. */
  domains: Domain[];
  enrolSecret: string;
  clock: TestClock;
  /** The token of the first administrator, whom set-up has made. */
  setUp(): Promise<string>;
}

/** A clock that stands until it is moved. */
export interface TestClock {
  now: Date;
  forward(seconds: number): void;
}

interface Given {
  /** Another server's database, to be a second process on it; or one that is not set up. */
  database?: TestDatabase;
  atEnd?: AtEnd;
}

/** The same for all, so that two of them can read one database. */
const KEY = Buffer.alloc(32, 7);

/** Everything of a server but its listeners and timers, on a database of its own that has been set up. */
export async function createTestServer({ database, atEnd = onTestFinished }: Given = {}): Promise<TestServer> {
  const { db } = database ?? (await createSetUpDatabase(atEnd));
  const dataDir = mkdtempSync(join(tmpdir(), 'flotilla-test-server-'));
  const clock = createClock();
  const catalogue = createCatalogue();
  const config = readConfig({
    ...{ FLOTILLA_DATA_DIR: dataDir, FLOTILLA_FEEDS_URL: join(dataDir, 'mirror') },
    FLOTILLA_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  const log = createLog('fatal');
  const store = await openFolderStore(config.storageFolder);
  const outside = { db, log, config, store, clock: () => clock.now, secrets: createSecretBox(() => [KEY]) };
  const { ctx, domains } = createDomains(outside, { catalogue });
  const system = asSystem(ctx);
  await ensureEnrolSecret(system);
  const [secret] = await listEnrolSecrets(system);
  const seen = startSeenBuffer(system);
  const { app } = await createHttpServer({
    ctx,
    domains,
    findPerson,
    tls: { cert: '', key: '', ca: '' },
    consoleFolder: join(dataDir, 'no-console'),
    isReady: () => true,
    agentRoutes: (instance, of) => addHostApis(instance, { ctx: of, domains, seen }),
  });
  atEnd(async () => {
    await seen.stop();
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    app,
    system,
    catalogue,
    domains,
    clock,
    enrolSecret: secret?.secret ?? '',
    setUp: async () => inject('adminToken'),
  };
}

function createClock(): TestClock {
  const clock = {
    now: new Date('2026-03-01T12:00:00Z'),
    forward(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    },
  };
  return clock;
}

export const PERSON = { name: 'Ada', email: 'ada@example.org', password: 'correct horse 1!' };

/** Reads as the administrator; counts are folded first, as they are within a second on a running server. */
export async function read<T>(server: TestServer, token: string, url: string): Promise<T> {
  await foldCounts(server.system);
  await foldVulnerabilityCounts(server.system);
  const response = await server.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}: ${response.body}`);
  return response.json<T>();
}

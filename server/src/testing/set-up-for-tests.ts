import type { TestProject } from 'vitest/node';
import { connect } from '../kernel/db/connect.ts';
import { createLog } from '../kernel/log.ts';
import { cloneDatabase, TEMPLATE } from '../kernel/testing/test-database.ts';
import { SET_UP_TEMPLATE } from './set-up-database.ts';
import { createTestServer, PERSON } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    adminToken: string;
  }
}

/** Sets a server up once, by its own route, on a database that tests clone: a password takes long to hash. */
export default async function setup(project: TestProject): Promise<void> {
  const { postgres } = project.getProvidedContext();
  const connection = { ...postgres, database: SET_UP_TEMPLATE };
  await cloneDatabase(postgres, { template: TEMPLATE, database: SET_UP_TEMPLATE });
  const db = connect(connection, createLog('error'), 2);
  const endings: (() => Promise<void>)[] = [];
  const { app } = await createTestServer({
    database: { db, connection },
    atEnd: (cleanUp) => endings.push(cleanUp),
  });
  const response = await app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    headers: { host: 'localhost' },
    payload: { admin: PERSON, org_info: { org_name: 'Example' } },
  });
  if (response.statusCode !== 200) throw new Error(`set-up answered ${response.statusCode}: ${response.body}`);
  project.provide('adminToken', response.json<{ token: string }>().token);
  for (const cleanUp of endings) await cleanUp();
  await db.destroy();
}

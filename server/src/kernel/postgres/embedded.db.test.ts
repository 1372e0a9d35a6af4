import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

const settings = { shared_buffers: '16MB', max_connections: '20' };
let dataDir: string;
let running: EmbeddedPostgres[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'flotilla-postgres-'));
  // The database's user must get through, as it does in /var/lib.
  chmodSync(dataDir, 0o711);
  running = [];
});

afterEach(async () => {
  for (const postgres of running.reverse()) await postgres.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings });
  running.push(postgres);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const cluster = () => join(dataDir, 'postgres', '18');
const postmasterId = () => Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited for 20 seconds in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the embedded PostgreSQL', () => {
  it('makes a UTF-8 database with a stable order, reachable by nobody else', async () => {
    const postgres = await start();
    const [row] = await query(
      postgres,
      `select current_database() name, datlocprovider provider, datlocale locale, pg_encoding_to_char(encoding) encoding,
              current_setting('listen_addresses') tcp, current_setting('shared_buffers') buffers
       from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      name: 'flotilla',
      provider: 'b',
      locale: 'C.UTF-8',
      encoding: 'UTF8',
      tcp: '',
      buffers: '16MB',
    });
    expect(statSync(postgres.connection.host).mode & 0o777).toBe(0o700);
    expect(statSync(cluster()).mode & 0o077).toBe(0);
  });

  it('is shared by a second start, and ends with the first', async () => {
    const first = await start();
    const pid = postmasterId();
    const second = await start();
    expect(second.connection).toEqual(first.connection);
    await second.stop();
    expect(isAlive(pid)).toBe(true);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is one when two start at the same moment', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.connection).toEqual(second.connection);
    expect(await query(second, 'select 1 one')).toEqual([{ one: 1 }]);
    expect(
      readdirSync(join(dataDir, 'postgres'))
        .filter((name) => name.includes('.'))
        .sort(),
    ).toEqual([expect.stringMatching(/^bin-18[^-]*-[^-]*$/), 'postgres.log']);
  });

  it('comes back with all data when it was killed', async () => {
    const postgres = await start();
    await query(postgres, 'create table kept as select 42 answer');
    const pid = postmasterId();
    process.kill(pid, 'SIGKILL');
    await until(async () => {
      try {
        return (await query(postgres, 'select answer from kept'))[0]?.answer === 42;
      } catch {
        return false;
      }
    });
    expect(postmasterId()).not.toBe(pid);
  });

  it('is found again, still running, and taken over when the process that started it was killed', async () => {
    const script = `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
      await startEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
      console.log('started'); setInterval(() => {}, 1000);`;
    const node = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => node.stdout.once('data', resolve));
    const pid = postmasterId();
    const ended = new Promise((resolve) => node.once('exit', resolve));
    node.kill('SIGKILL');
    await ended;
    const postgres = await start();
    expect(postmasterId()).toBe(pid);
    expect(await query(postgres, 'select 1 one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('starts although the lock file names a process of something else', async () => {
    await (await start()).stop();
    writeFileSync(join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n1\n5432\n/nowhere\n\n\nready\n`);
    expect(await query(await start(), 'select 1 one')).toEqual([{ one: 1 }]);
  });

  it('makes the database anew when the first start was interrupted', async () => {
    await (await start()).stop();
    const half = `${cluster()}.init-999999999-0`;
    renameSync(cluster(), half);
    rmSync(join(half, 'global'), { recursive: true });
    mkdirSync(join(dataDir, 'postgres', 'bin-18.4.0-beta.17.copy-999999999-0'));
    expect(await query(await start(), 'select 1 one')).toEqual([{ one: 1 }]);
    expect(existsSync(half)).toBe(false);
  });

  it('refuses data of another major version, and says what to do', async () => {
    await (await start()).stop();
    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(
      /is of PostgreSQL 17 and this Flotilla brings 18: start the Flotilla release/,
    );
    renameSync(cluster(), join(dataDir, 'postgres', '17'));
    await expect(start()).rejects.toThrow(/is of PostgreSQL 17 and this Flotilla brings 18/);
  });

  it('uses a short path for the socket when the data folder is deep', async () => {
    const deep = join(dataDir, 'd'.repeat(100));
    const postgres = await start(deep);
    expect(postgres.connection.host.length).toBeLessThan(60);
    expect(await query(postgres, 'select 1 one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    rmSync(postgres.connection.host, { recursive: true });
  });

  it.runIf(process.getuid?.() === 0)('names the folder that the user of the database may not enter', async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, 'data');
    await expect(start(folder)).rejects.toThrow(
      new RegExp(`^User (nobody|flotilla), as whom the database runs, may not enter ${closed}: set FLOTILLA_DATA_DIR`),
    );
  });
});

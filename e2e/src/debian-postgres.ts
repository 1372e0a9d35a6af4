import { execFileSync, spawn } from 'node:child_process';
import { chownSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface DebianPostgres {
  url: string;
  stop(): Promise<void>;
}

/** A cluster of its own of Debian's PostgreSQL, which is older than the embedded one. As root it runs as nobody. */
export async function startDebianPostgres(port: number): Promise<DebianPostgres> {
  const programs = dirname(globSync('/usr/lib/postgresql/*/bin/postgres').sort().at(-1) ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-debian-postgres-'));
  const user = databaseUser();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  for (const path of user ? [folder, data] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  const options = { cwd: '/', ...user };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'flotilla', '-A', 'trust', '--encoding=UTF8', '--locale=C.UTF-8', '-N'],
    options,
  );
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('database system is ready')) resolve();
    });
    server.once('exit', () => reject(new Error(said)));
  });
  return {
    url: `postgres://flotilla@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function databaseUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'));
  const [, , uid = 65534, gid = 65534] = (nobody ?? '').split(':').map(Number);
  return { uid, gid };
}

import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { type RunningServer, runServer, waitUntilReady } from './running-server.ts';

/** Another process on the data folder and the database of a server. */
export interface SecondProcess {
  origin: string;
  tlsOrigin: string;
  token: string;
  stop(): Promise<void>;
}

export async function startSecondProcess({ folder, token, postmaster }: RunningServer): Promise<SecondProcess> {
  const [http, tls] = await freePorts(2);
  const { host, port, user, database } = postmaster.connection;
  const logFile = join(folder, 'second.log');
  const { child, log } = runServer(logFile, {
    FLOTILLA_DATA_DIR: folder,
    FLOTILLA_DATABASE_URL: `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    FLOTILLA_HTTP_PORT: String(http),
    FLOTILLA_TLS_PORT: String(tls),
    FLOTILLA_LOG_LEVEL: 'warn',
    FLOTILLA_FEEDS_URL: join(folder, 'mirror'),
  });
  await waitUntilReady(child, { logFile, print: () => undefined });
  return {
    origin: `http://127.0.0.1:${http}`,
    tlsOrigin: `https://localhost:${tls}`,
    token,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      log.end();
    },
  };
}

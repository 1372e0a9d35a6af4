import { join } from 'node:path';

export interface Settings {
  /** `agent` in the data folder. */
  folder: string;
  server: URL;
}

/** A reason not to start that only the person who starts the agent can remove, in one line. */
export class CannotStart extends Error {}

/**
 * Reads the settings from environment variables.
 * @throws CannotStart
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const dataDir = environment.FLOTILLA_DATA_DIR;
  if (!dataDir) throw new CannotStart('FLOTILLA_DATA_DIR: must be set; the `flotilla` command does so');
  const address = environment.FLOTILLA_SERVER_URL || `https://localhost:${environment.FLOTILLA_TLS_PORT || '8443'}`;
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new CannotStart(`FLOTILLA_SERVER_URL: must be an address that starts with https://, not ${address}`);
  }
  return { folder: join(dataDir, 'agent'), server: new URL(address) };
}

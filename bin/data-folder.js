import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Where Flotilla keeps its data: as the environment says, else `/var/lib/flotilla` for root and the data folder of the
 * user for anyone else.
 */
export function dataFolder({ environment, isRoot, home }) {
  if (environment.FLOTILLA_DATA_DIR) return resolve(environment.FLOTILLA_DATA_DIR);
  if (isRoot) return '/var/lib/flotilla';
  const given = environment.XDG_DATA_HOME;
  // The specification of these folders says to ignore a relative one.
  const parent = given && isAbsolute(given) ? given : join(home, '.local', 'share');
  return join(parent, 'flotilla');
}

/** Makes the folder. Started by root, it lets the user of the database pass, who may not look around. */
export function makeDataFolder(folder, isRoot) {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, isRoot ? 0o711 : 0o700);
}

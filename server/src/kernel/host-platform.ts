import type { Platform } from './host-queries.ts';

/** osquery names each Linux distribution a platform of its own. */
export function platformOf(osqueryPlatform: string): Platform {
  if (osqueryPlatform === 'darwin' || osqueryPlatform === 'windows' || osqueryPlatform === 'chrome')
    return osqueryPlatform;
  return 'linux';
}

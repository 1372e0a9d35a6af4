import { type MobilePlatform, mobilePlatforms } from '@flotilla/contract/mobile-devices';
import type { Platform } from './host-queries.ts';

const OTHERS: readonly Platform[] = ['darwin', 'windows', 'chrome', ...mobilePlatforms];

/** osquery names each Linux distribution a platform of its own. */
export const platformOf = (hostPlatform: string): Platform => OTHERS.find((one) => one === hostPlatform) ?? 'linux';

/** Whether osquery does not run there, so that another system delivers what is on such a device. */
export const isMobile = (hostPlatform: string): hostPlatform is MobilePlatform =>
  mobilePlatforms.some((one) => one === hostPlatform);

import type { Host } from '@flotilla/contract/hosts';
import { mobilePlatforms } from '@flotilla/contract/mobile-devices';

/** Whether another system tells what is on the host: it cannot be asked for anything. */
export const isDelivered = ({ platform }: Pick<Host, 'platform'>): boolean =>
  mobilePlatforms.some((one) => one === platform);

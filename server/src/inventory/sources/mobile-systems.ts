import { mobilePlatforms } from '@flotilla/contract/mobile-devices';
import type { RowSource } from '../software.ts';
import { osVersion } from './os-version.ts';

/** The operating system of a mobile device, in the columns that osquery has of others. */
export const mobileSystems: RowSource = {
  source: osVersion.source,
  part: osVersion.part,
  queryName: osVersion.queryName,
  platforms: mobilePlatforms,
  toSoftware: osVersion.toSoftware,
};

import { momentOf, type UseSource } from '../extras.ts';
import { apps } from './apps.ts';

/** macOS notes itself when an app was opened, and osquery lists it with the app. */
export const appOpened: UseSource = {
  source: 'apps',
  name: apps.queryName,
  platforms: apps.platforms,
  weight: apps.weight,
  sql: apps.query,
  toUse: (row) => {
    const openedAt = momentOf(row.last_opened_time);
    const app = openedAt && apps.toSoftware(row);
    return app && 'name' in app ? { name: app.name, version: app.version, openedAt } : null;
  },
};

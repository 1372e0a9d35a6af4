import type { Actor } from './access.ts';
import type { Config } from './config.ts';
import type { Db } from './db/database.ts';
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import type { Nudges } from './nudge.ts';
import type { SecretBox } from './secrets.ts';
import type { BlobStore } from './storage/blob-store.ts';

/** What every use case is given besides its input. */
export interface Context {
  db: Db;
  log: Log;
  clock: () => Date;
  actor: Actor;
  config: Readonly<Config>;
  events: Events;
  nudges: Nudges;
  secrets: SecretBox;
  /** Files of packages. */
  store: BlobStore;
}

export const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system' } });

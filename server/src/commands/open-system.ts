import { createDomains } from '../domains.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { type ConnectionSettings, connect } from '../kernel/db/connect.ts';
import type { Domain } from '../kernel/domain.ts';
import { createSecretBox, readSecretKeys } from '../kernel/secrets.ts';
import { openFolderStore } from '../kernel/storage/folder-store.ts';
import type { CommandContext } from './run-command.ts';

/** Lends what the server works with, but its listeners and timers. */
export async function withSystem<T>(
  { config, log }: CommandContext,
  connection: ConnectionSettings,
  work: (system: Context, domains: Domain[]) => Promise<T>,
): Promise<T> {
  const db = connect(connection, log, 4);
  try {
    const store = await openFolderStore(config.storageFolder);
    const secrets = createSecretBox(() => readSecretKeys(config.dataDir));
    const { ctx, domains } = createDomains({ config, log, db, secrets, store, clock: () => new Date() });
    return await work(asSystem(ctx), domains);
  } finally {
    await db.destroy();
  }
}

import { findAccountId, makePasswordReset } from '../accounts/index.ts';
import { withSystem } from './open-system.ts';
import { readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla reset-password ADDRESS

Prints a link with which the person of this address sets a new password, once, within a day. For whoever may read the
data folder, when nobody is left who can sign in and do it on the page of people.`;

await runCommand(USAGE, async (ctx, args) => {
  const { word: address } = readArguments(args, {});
  if (!address) throw new UsageError(USAGE);
  const link = await withDatabase(ctx.config, (connection) =>
    withSystem(ctx, connection, async (system) => {
      const id = await findAccountId(system, address);
      return id === null ? null : makePasswordReset(system, id);
    }),
  );
  if (!link) throw new UsageError(`Nobody has the address ${address}`);
  process.stdout.write(`${link.url}\n`);
  return 0;
});

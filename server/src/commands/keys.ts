import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rotateSecretKey } from '../kernel/rotate-key.ts';
import { announceNextCa, readCaBundle, takeNextCa } from '../kernel/tls.ts';
import { withSystem } from './open-system.ts';
import { type CommandContext, readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla keys rotate
       flotilla keys rotate-ca [--now]

rotate     Seals all secrets in the database with a new key, while the server runs or not.
rotate-ca  Makes the next CA of the TLS listener. Hosts learn to trust it beside the old one; the first start of the server
           after 30 days takes it into use. With --now the next start does: hosts that do not trust it yet are lost.`;

await runCommand(USAGE, async (ctx, args) => {
  const { values, word } = readArguments(args, { now: { type: 'boolean' } });
  if (word === 'rotate' && !values.now) return rotate(ctx);
  if (word === 'rotate-ca') return rotateCa(ctx, values.now ?? false);
  throw new UsageError(USAGE);
});

async function rotate(ctx: CommandContext): Promise<number> {
  const { dataDir } = ctx.config;
  const sealed = await withDatabase(ctx.config, (connection) =>
    withSystem(ctx, connection, (system, domains) =>
      rotateSecretKey(system, { dataDir, columns: domains.flatMap((domain) => domain.sealedColumns ?? []) }),
    ),
  );
  process.stdout.write(`A new key is in use; secrets sealed with it: ${sealed}. Make a new backup now.\n`);
  return 0;
}

async function rotateCa({ config }: CommandContext, now: boolean): Promise<number> {
  if (config.tls.certFile) throw new UsageError('The certificate is given by FLOTILLA_TLS_CERT: change it there');
  const due = await announceNextCa(config.dataDir);
  if (now) takeNextCa(config.dataDir);
  const folder = join(config.dataDir, 'agent');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'server-ca.pem'), readCaBundle(config.dataDir), { mode: 0o644 });
  const when = now
    ? 'the next start of the server'
    : `the first start of the server after ${due.toISOString().slice(0, 10)}`;
  process.stdout.write(`The next CA is made; ${when} takes it into use. Make a new backup now.\n`);
  return 0;
}

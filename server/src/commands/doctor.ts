import { existsSync } from 'node:fs';
import { type Check, checksTable, ok, wrong } from './check.ts';
import { checkDatabase } from './check-database.ts';
import { checkFolder } from './check-folder.ts';
import { withSystem } from './open-system.ts';
import { type CommandContext, readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla doctor [--recount] [--json]

Checks the installation and says what to do. Exit code 1 when something is wrong.
--recount  counts everything anew and repairs what differs; without it a sample is looked at
--json     for programs`;

await runCommand(USAGE, async (ctx, args) => {
  const { values, word } = readArguments(args, { recount: { type: 'boolean' }, json: { type: 'boolean' } });
  if (word) throw new UsageError(`flotilla doctor takes no ${word}`);
  const checks = await examine(ctx, { all: values.recount ?? false });
  process.stdout.write(`${values.json ? JSON.stringify({ checks }, null, 2) : checksTable(checks)}\n`);
  return checks.some(({ state }) => state === 'wrong') ? 1 : 0;
});

async function examine(ctx: CommandContext, scope: { all: boolean }): Promise<Check[]> {
  const { dataDir, databaseUrl } = ctx.config;
  if (!existsSync(dataDir)) {
    return [
      wrong(
        'data folder',
        `${dataDir} is missing`,
        'start the server once, or set FLOTILLA_DATA_DIR to the right folder',
      ),
    ];
  }
  const checks = [
    ok('configuration', `every variable is understood; data are in ${dataDir}`),
    ...checkFolder(ctx.config),
  ];
  try {
    const more = await withDatabase(ctx.config, (connection) =>
      withSystem(ctx, connection, (system) => checkDatabase(system, scope)),
    );
    return [...checks, ...more];
  } catch (error) {
    const remedy = databaseUrl
      ? 'see that FLOTILLA_DATABASE_URL is right and its server runs'
      : 'read `postgres/postgres.log` of the data folder';
    return [...checks, wrong('database', (error as Error).message, remedy)];
  }
}

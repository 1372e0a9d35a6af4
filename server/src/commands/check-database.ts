import { verifyChain } from '../activity/index.ts';
import { listEnrolSecrets } from '../fleets/index.ts';
import { checkSample, createCatalogue, recount, recountTotals } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { listMigrations } from '../kernel/migrate/migrate.ts';
import { readCheck, recountAll } from '../vulnerabilities/index.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import { readDatabaseVersion, readFeedStates, readMigrations, readOldestUnjudged } from './queries.ts';

const FEED_AGE_HOURS = 48;
const JUDGING_AGE_HOURS = 1;
const HOUR = 3_600_000;

/** What the database tells, as far as it was made by this version. */
export async function checkDatabase(system: Context, { all }: { all: boolean }): Promise<Check[]> {
  const version = ok('database', `PostgreSQL ${await readDatabaseVersion(system.db)} answers`);
  const migrations = await checkMigrations(system);
  if (migrations.state !== 'ok') return [version, migrations];
  const checks = [
    checkSecrets,
    checkChain,
    checkFeeds,
    checkJudging,
    checkDrift,
    all ? checkAllCounts : checkSomeCounts,
  ];
  const found = [version, migrations];
  for (const check of checks) found.push(await check(system));
  return found;
}

async function checkMigrations({ db }: Context): Promise<Check> {
  const [known, applied] = [listMigrations(), await readMigrations(db)];
  const newer = applied.filter((name) => !known.includes(name));
  const missing = known.filter((name) => !applied.includes(name));
  if (newer.length > 0) {
    return wrong(
      'migrations',
      `made by a newer Flotilla (${newer.join(', ')})`,
      'start that version, or restore a backup',
    );
  }
  if (missing.length === 0) return ok('migrations', `all ${known.length} are applied`);
  return unknown('migrations', `${missing.length} are missing`, 'start the server: it applies them, then ask again');
}

async function checkSecrets(system: Context): Promise<Check> {
  try {
    const secrets = await listEnrolSecrets(system);
    return ok('secrets', `${secrets.length} sealed in the database open with the key file`);
  } catch (error) {
    return wrong('secrets', (error as Error).message, 'restore `keys` of the data folder from a backup');
  }
}

async function checkChain(system: Context): Promise<Check> {
  const { activities, brokenAt } = await verifyChain(system);
  if (brokenAt === null) return ok('activities', `the chain of ${activities} is intact`);
  return wrong(
    'activities',
    `activity ${brokenAt} is not as it was written, or the one before it is gone`,
    'find out who may write to the database; a backup of before shows what was there',
  );
}

async function checkFeeds({ db, clock }: Context): Promise<Check> {
  const feeds = await readFeedStates(db);
  const old = feeds.filter(({ verified_at }) => hoursSince(verified_at, clock()) > FEED_AGE_HOURS);
  const stuck = feeds.filter(({ failure, held_reason }) => failure ?? held_reason);
  const bad = [...new Set([...old, ...stuck].map(({ name }) => name))].sort();
  if (feeds.length === 0) return unknown('feeds', 'none was fetched yet', 'wait an hour, or run `flotilla feeds`');
  if (bad.length === 0) return ok('feeds', `all ${feeds.length} were confirmed within ${FEED_AGE_HOURS} h`);
  return wrong('feeds', `failed, held or old: ${bad.join(', ')}`, '`flotilla feeds` says why');
}

async function checkJudging({ db, clock }: Context): Promise<Check> {
  const { count, since } = await readOldestUnjudged(db);
  if (count === 0 || hoursSince(since, clock()) < JUDGING_AGE_HOURS)
    return ok('findings', `${count} software wait to be judged`);
  return wrong(
    'findings',
    `${count} software wait to be judged, the first since ${since?.toISOString()}`,
    'start the server, or read in its log why judging stopped',
  );
}

async function checkDrift({ db }: Context): Promise<Check> {
  const last = await readCheck(db);
  if (!last) return unknown('self-check', 'findings were not compared yet', 'leave the server running over a night');
  const compared = `${last.software} software compared at ${last.checked_at.toISOString()}`;
  if (last.drifted === 0) return ok('self-check', `${compared}: judging them again finds the same`);
  return wrong(
    'self-check',
    `${compared}: ${last.drifted} were not as judging them again finds, and were judged anew`,
    'run `flotilla rejudge`, and report it with the log of the server',
  );
}

const hoursSince = (moment: Date | null, now: Date) =>
  moment === null ? Number.POSITIVE_INFINITY : (now.getTime() - moment.getTime()) / HOUR;

async function checkSomeCounts(system: Context): Promise<Check> {
  const drift = total(await checkSample(system));
  if (drift === 0) return ok('counts', 'a sample equals the truth');
  return wrong(
    'counts',
    `${drift} of a sample were wrong, and were repaired`,
    'run `flotilla doctor --recount`, and report it',
  );
}

async function checkAllCounts(system: Context): Promise<Check> {
  const drift =
    total(await recount(system, createCatalogue())) + (await recountTotals(system)) + (await recountAll(system));
  if (drift === 0) return ok('counts', 'all equal the truth');
  return wrong(
    'counts',
    `${drift} were wrong, and were repaired`,
    'run it again to see that they are right, and report it',
  );
}

const total = (drift: Record<string, number>) => Object.values(drift).reduce((sum, one) => sum + one, 0);

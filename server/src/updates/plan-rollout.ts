import type { BodyOf, ResponseOf } from '@flotilla/contract/route';
import type { createRollout, Gate, previewRollout } from '@flotilla/contract/updates';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import type { Db, Tx } from '../kernel/db/database.ts';
import { invalid } from '../kernel/errors.ts';
import { chooseClearing, whyNotCleared } from './clearing-package.ts';
import { DEFAULT_GATE } from './gate.ts';
import { findVulnerability, readAffected } from './queries/affected.ts';
import * as behind from './queries/behind.ts';
import { countOnline } from './queries/online.ts';
import { type LibraryPackage, readLibrary } from './queries/packages.ts';
import { chooseFleet, librariesOf } from './reach.ts';
import { DEFAULT_FIRST_PERCENT, planRings } from './rings.ts';
import { isOlder, newestFirst } from './versions.ts';

export type RolloutBody = BodyOf<typeof createRollout>;

/** What a rollout would do, to the hosts as they are now. */
export interface Plan {
  title: string;
  of: LibraryPackage;
  vulnerability: string | null;
  gate: Gate;
  firstPercent: number;
  target: behind.TargetFilter;
}

/**
 * @param fleetIds whose libraries the package may come from; null are all
 * @throws AppError `validation_failed` for what is not in the library, or does not clear the vulnerability
 */
export async function planRollout(
  db: Db | Tx,
  body: Omit<RolloutBody, 'name'>,
  fleetIds: readonly number[] | null,
): Promise<Plan> {
  const title = (await behind.readTitles(db, [body.title_id])).get(body.title_id);
  if (!title) throw invalid('title_id', `There is no software title ${body.title_id}`);
  const { of, vulnerability } = await choose(db, body, { title: title.title, fleetIds });
  const versions = await behind.readVersions(db, [body.title_id], ALL_FLEETS);
  const fleetId = body.fleet_id;
  return {
    title: title.title,
    of,
    vulnerability,
    gate: body.gate ?? DEFAULT_GATE,
    firstPercent: body.first_ring_percent ?? DEFAULT_FIRST_PERCENT,
    target: {
      versionIds: versions.filter((one) => isOlder(one, of)).map((one) => one.id),
      platform: of.platform,
      ...(fleetId !== undefined && fleetId !== null && { fleetId }),
      ...(vulnerability !== null && { vulnerability }),
    },
  };
}

async function choose(
  db: Db | Tx,
  { title_id, installer_id, cve }: Omit<RolloutBody, 'name'>,
  { title, fleetIds }: { title: string; fleetIds: readonly number[] | null },
): Promise<{ of: LibraryPackage; vulnerability: string | null }> {
  const packages = await readLibrary(db, { titleIds: [title_id], fleetIds });
  const named = packages.find((one) => one.id === installer_id);
  if (installer_id !== undefined && !named) {
    throw invalid('installer_id', `The library has no package ${installer_id} of ${title}`);
  }
  if (cve === undefined) {
    const of = named ?? newestFirst(packages)[0];
    if (!of) throw invalid('title_id', `No package of ${title} in the library: upload one first`);
    return { of, vulnerability: null };
  }
  const found = await findVulnerability(db, cve);
  const affected = found ? await readAffected(db, { vulnerabilityId: found.id, titleId: title_id }) : [];
  if (!found || affected.length === 0) throw invalid('cve', `No host has ${cve} by ${title}`);
  const vulnerability = found.name;
  if (named) {
    const problem = await whyNotCleared(db, { vulnerability, affected, of: named });
    if (problem !== null) throw invalid('installer_id', problem);
    return { of: named, vulnerability };
  }
  const choice = await chooseClearing(db, { vulnerability, affected, packages });
  if (choice.chosen === null) throw invalid('title_id', choice.whyNot);
  return { of: choice.chosen, vulnerability };
}

/** What a rollout would do to the hosts of today; changes nothing. */
export async function preview(
  ctx: Context,
  body: BodyOf<typeof previewRollout>,
): Promise<ResponseOf<typeof previewRollout>> {
  await chooseFleet(ctx, 'updates:read', body.fleet_id ?? null);
  const libraries = librariesOf(ctx, 'updates:read');
  const { title, of, gate, firstPercent, target } = await planRollout(ctx.db, body, libraries);
  const hostIds = await behind.findTargets(ctx.db, target);
  const [online, from] = await Promise.all([
    countOnline(ctx.db, hostIds, ctx.clock()),
    behind.countTargets(ctx.db, target),
  ]);
  return {
    title,
    version: of.version,
    package: of.file_name,
    gate,
    hosts_count: hostIds.length,
    online_count: online,
    rings: planRings(hostIds.length, firstPercent).map(({ no, percent, hosts }) => ({
      no,
      percent,
      hosts_count: hosts,
    })),
    from_versions: newestFirst(from).map(({ version, hosts }) => ({ version, hosts_count: hosts })),
  };
}

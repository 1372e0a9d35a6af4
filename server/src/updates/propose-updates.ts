import type { QueryOf } from '@flotilla/contract/route';
import type { Proposal, vulnerabilityUpdates } from '@flotilla/contract/updates';
import { readScope } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { chooseClearing, fixVersionOf } from './clearing-package.ts';
import * as queries from './queries/affected.ts';
import { readLibrary } from './queries/packages.ts';
import { findUnderWay } from './queries/rollouts.ts';
import { librariesOf } from './reach.ts';

const NO_AGENT = 'No agent runs on any of the hosts: plain osquery cannot install';

/** Which updates from the library clear a vulnerability from hosts, most hosts first. @throws AppError `not_found` */
export async function proposeUpdates(
  ctx: Context,
  cve: string,
  query: QueryOf<typeof vulnerabilityUpdates>,
): Promise<{ proposals: Proposal[] }> {
  const { fleetIds } = await readScope(ctx, 'updates:read', query);
  const found = await queries.findVulnerability(ctx.db, cve);
  if (!found) throw notFound(`Vulnerability ${cve}`);
  const [counts, affected] = await Promise.all([
    queries.countAffected(ctx.db, found.id, fleetIds),
    queries.readAffected(ctx.db, { vulnerabilityId: found.id }),
  ]);
  const titleIds = counts.map((one) => one.title_id);
  const [library, rollouts] = await Promise.all([
    readLibrary(ctx.db, { titleIds, fleetIds: librariesOf(ctx, 'updates:read') }),
    findUnderWay(ctx.db, { titleIds, fleetIds }),
  ]);
  const bySoftware = Map.groupBy(affected, (one) => one.title_id);
  const proposals: Proposal[] = [];
  for (const { title_id, hosts, with_agent } of counts) {
    const ofTitle = bySoftware.get(title_id) ?? [];
    const [first] = ofTitle;
    if (!first) continue;
    const packages = library.filter((one) => one.title_id === title_id);
    const choice = await chooseClearing(ctx.db, { vulnerability: found.name, affected: ofTitle, packages });
    const rollout = rollouts.find(
      (one) => one.title_id === title_id && (one.vulnerability === found.name || one.package_id === choice.chosen?.id),
    );
    proposals.push({
      title_id,
      title: first.title,
      source: first.source,
      hosts_count: hosts,
      fix_version: fixVersionOf(ofTitle),
      package: choice.chosen && {
        installer_id: choice.chosen.id,
        name: choice.chosen.file_name,
        version: choice.chosen.version,
      },
      why_not: choice.chosen === null ? choice.whyNot : with_agent === 0 ? NO_AGENT : '',
      rollout_id: rollout?.id ?? null,
    });
  }
  return { proposals };
}

import type pg from 'pg';
import type { RunningServer } from '../server/running-server.ts';
import { withClient } from './database.ts';

/** Of the software of a host that is copied, so much is another version of the same title. */
const OTHER_VERSION_PERCENT = 10;
const HOSTS_AT_ONCE = 5_000;

/**
 * The fast path to a large fleet: hosts that have delivered are copied, in the database, until there are `total`. A copy has other
 * versions of a tenth of the software, and belongs to one of the fleets. Counters are left for a recount.
 */
export async function multiplyHosts(
  { postmaster }: Pick<RunningServer, 'postmaster'>,
  { total, fleetIds }: { total: number; fleetIds: number[] },
  print: (line: string) => void,
): Promise<void> {
  await withClient(postmaster, async (client) => {
    await client.query("set work_mem = '256MB'; set maintenance_work_mem = '1GB'");
    await spreadOverFleets(client, fleetIds);
    await prepareTemplates(client);
    const { rows } = await client.query<{ hosts: number }>('select count(*)::int as hosts from hosts.host');
    const missing = total - (rows[0]?.hosts ?? 0);
    await client.query('drop index inventory.host_software_by_software');
    for (let done = 0; done < missing; done += HOSTS_AT_ONCE) {
      await copyHosts(client, { first: done + 1, last: Math.min(done + HOSTS_AT_ONCE, missing), fleetIds });
      print(`${Math.min(done + HOSTS_AT_ONCE, missing)} of ${missing} hosts copied`);
    }
    print('building the index by software');
    await client.query(
      'create unique index host_software_by_software on inventory.host_software (software_id, host_id)',
    );
    await client.query('vacuum analyze inventory.host_software');
    await client.query('vacuum analyze hosts.host');
    await client.query('analyze');
  });
}

async function spreadOverFleets(client: pg.Client, fleetIds: number[]): Promise<void> {
  await client.query(`update hosts.host set fleet_id = ($1::int[])[1 + id % $2] where id % ($2 + 1) <> 0`, [
    fleetIds,
    fleetIds.length,
  ]);
}

/** What copies are made from: hosts by number, and for each software the others of its title and context. */
async function prepareTemplates(client: pg.Client): Promise<void> {
  await client.query(`
    create temporary table template as
      select row_number() over (order by id) - 1 as number, * from hosts.host where deleted_at is null;
    create temporary table sibling as
      select software.id as software_id, array_agg(other.id order by other.id) as others
      from inventory.software as software
      join inventory.version as version on version.id = software.version_id
      join inventory.version as other_version
        on other_version.title_id = version.title_id and other_version.arch = version.arch
      join inventory.software as other
        on other.version_id = other_version.id and other.context_id = software.context_id and other.kind = software.kind
      group by 1;
    create index on sibling (software_id);
    analyze template; analyze sibling`);
}

async function copyHosts(
  client: pg.Client,
  { first, last, fleetIds }: { first: number; last: number; fleetIds: number[] },
): Promise<void> {
  await client.query('begin');
  await client.query('drop table if exists copied');
  await client.query(
    `create temporary table copied as
      select nextval('hosts.host_id_seq')::int as id, copy.number, template.id as template_id
      from generate_series($1::int, $2::int) as copy (number)
      join template on template.number = copy.number % (select count(*) from template)`,
    [first, last],
  );
  await client.query(
    `insert into hosts.host (id, identifier, uuid, serial, hostname, computer_name, display_name, platform, os_version, context_id,
        fleet_id, distributed_interval_seconds, config_refresh_seconds, inventory_asked, inventory_asked_at, inventory_done, enrolled_at, created_at)
      overriding system value
      select copied.id, 'copy-' || copied.number, gen_random_uuid()::text, 'COPY' || copied.number,
        split_part(template.hostname, '-', 1) || '-c' || lpad(copied.number::text, 6, '0'), template.computer_name,
        split_part(template.hostname, '-', 1) || '-c' || lpad(copied.number::text, 6, '0'), template.platform, template.os_version, template.context_id,
        case when copied.number % ($2 + 1) <> 0 then ($1::int[])[1 + copied.number % $2] end,
        template.distributed_interval_seconds, template.config_refresh_seconds, 1, now(), 1,
        now() - copied.number * interval '7 seconds', now() - copied.number * interval '7 seconds'
      from copied join template on template.id = copied.template_id`,
    [fleetIds, fleetIds.length],
  );
  await client.query(`
    insert into hosts.host_seen (host_id, seen_at, address)
      select copied.id, now() - (copied.number % 86400) * interval '1 second', seen.address
      from copied join hosts.host_seen as seen on seen.host_id = copied.template_id;
    insert into hosts.host_detail (host_id, detail, updated_at)
      select copied.id, detail.detail, detail.updated_at
      from copied join hosts.host_detail as detail on detail.host_id = copied.template_id;
    insert into hosts.host_figure
      select copied.id, figure.* from copied join hosts.host_detail as detail on detail.host_id = copied.id
      cross join lateral hosts.figures_of(detail.detail, detail.updated_at) as figure;
    insert into inventory.host_inventory (host_id, software_updated_at, complete_at)
      select copied.id, old.software_updated_at, old.complete_at
      from copied join inventory.host_inventory as old on old.host_id = copied.template_id;
    insert into inventory.host_part (host_id, part, asked, software_count, ok_at)
      select copied.id, old.part, old.asked, old.software_count, old.ok_at
      from copied join inventory.host_part as old on old.host_id = copied.template_id`);
  await client.query(`
    insert into inventory.host_software (host_id, software_id, since)
      select distinct on (1, 2) copied.id,
        case when mix < ${OTHER_VERSION_PERCENT} and array_length(others, 1) > 0 then others[1 + mix % array_length(others, 1)]
          else have.software_id end, have.since
      from copied join inventory.host_software as have on have.host_id = copied.template_id
      cross join lateral (select abs(hashint8(copied.id::bigint * 1000003 + have.software_id)) % 100 as mix) as mixed
      left join sibling on sibling.software_id = have.software_id
      order by 1, 2`);
  await client.query('commit');
}

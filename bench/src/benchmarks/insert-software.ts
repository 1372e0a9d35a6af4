import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { Postmaster } from '../server/running-server.ts';
import { withClient } from './database.ts';

const AT_ONCE = 20_000;
const PER_HOST = 300;

/** Writes software into the inventory as hosts would report it: each on one host, all of it to be judged. */
export async function insertSoftware(postmaster: Postmaster, software: readonly SoftwareIdentity[]): Promise<void> {
  await withClient(postmaster, async (client) => {
    await client.query(
      `
      insert into hosts.context (key, family, release, codename)
      select distinct key, '', '', '' from unnest($1::text[]) as each (key) on conflict do nothing`,
      [[...new Set(software.map((one) => one.context))]],
    );
    for (let start = 0; start < software.length; start += AT_ONCE) {
      const rows = software.slice(start, start + AT_ONCE).map((one, place) => ({ ...one, number: start + place }));
      for (const statement of [TITLES, SOFTWARE]) await client.query(statement, [JSON.stringify(rows)]);
    }
    await client.query(
      `
      insert into hosts.host (identifier) select 'bench ' || number from generate_series(0, $1::int) as each (number)`,
      [Math.floor(software.length / PER_HOST)],
    );
    await client.query(`
      insert into inventory.host_software (host_id, software_id, since)
      select host.id, software.id, now() from inventory.software as software
      join (select id, row_number() over (order by id) as number from hosts.host) as host
        on host.number = 1 + (software.id - (select min(id) from inventory.software)) / ${PER_HOST}`);
    await client.query(`
      insert into vulnerabilities.software_to_judge (software_id, since, why) select id, now(), 'new' from inventory.software`);
    await client.query('vacuum analyze');
  });
}

const GIVEN = `
  with given as materialized (
    select * from jsonb_to_recordset($1::jsonb) as given (number int, kind text, source text, name text, version text, arch text,
      vendor text, "bundleIdentifier" text, "upgradeCode" text, "extensionId" text, "extensionFor" text, release text,
      module text, "sourcePackage" text, "sourceVersion" text, context text)
  )`;
const TITLES = `${GIVEN}
  insert into inventory.title (key, name, display_name, sort_name, source, kind)
  select distinct on (name, source) md5('title ' || source || ' ' || name)::uuid, name, name, lower(name), source, kind from given
  on conflict (key) do nothing`;
const SOFTWARE = `${GIVEN}, version as (
    insert into inventory.version (key, title_id, name, version, source, vendor, arch, release, bundle_identifier, extension_id,
      extension_for, upgrade_code)
    select md5('version ' || number)::uuid, title.id, given.name, version, given.source, vendor, arch, release,
      "bundleIdentifier", "extensionId", "extensionFor", "upgradeCode"
    from given join inventory.title as title on title.key = md5('title ' || given.source || ' ' || given.name)::uuid order by number
    returning id, key
  )
  insert into inventory.software (key, version_id, context_id, kind, source_package, source_version, module)
  select md5('software ' || given.number)::uuid, version.id, context.id, given.kind, given."sourcePackage", given."sourceVersion",
    given.module
  from given join version on version.key = md5('version ' || given.number)::uuid
  join hosts.context as context on context.key = given.context order by given.number`;

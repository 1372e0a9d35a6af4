import { sql } from 'kysely';
import { test } from 'vitest';
import { callAs } from '../testing/people.ts';
import { createTestServer } from '../testing/test-server.ts';

test('speed', async () => {
  const server = await createTestServer();
  const call = callAs(server, await server.setUp());
  const { db } = server.system;
  const run = (text: string) => sql.raw(text).execute(db);
  await run(
    `insert into hosts.host (identifier, uuid, hostname, display_name, platform, os_version, created_at) select 'h' || n, gen_random_uuid()::text, 'host-' || n, 'host-' || n, case n % 3 when 0 then 'darwin' when 1 then 'debian' else 'windows' end, 'os', now() - n * interval '1 minute' from generate_series(1, 100000) n`,
  );
  await run(
    `insert into hosts.host_seen select id, timestamptz '2026-03-01T12:00:00Z' - (id % 5000) * interval '1 minute', '10.0.0.1' from hosts.host`,
  );
  await run(
    `insert into hosts.host_detail select id, jsonb_build_object('gigsDiskAvailable', id % 100, 'primaryIp', '10.0.0.' || id % 255, 'system', jsonb_build_object('physical_memory', (id % 64)::text)), now() from hosts.host`,
  );
  await run(
    `insert into inventory.title (key, name, display_name, sort_name, source, kind) select gen_random_uuid(), 't' || n, 't', 't', 's', 'normal' from generate_series(1, 3) n`,
  );
  await run(
    `insert into inventory.version (key, title_id, name, version, source) select gen_random_uuid(), id, name, '1', 's' from inventory.title`,
  );
  await run(
    `insert into inventory.software (key, version_id, context_id, kind) select gen_random_uuid(), id, 0, 'normal' from inventory.version`,
  );
  await run(
    `insert into inventory.host_software select host.id, 1, now() from hosts.host union all select host.id, 2, now() from hosts.host where id % 1000 = 0`,
  );
  await run(`insert into inventory.version_fleet values (-1, 1, 100000), (-1, 2, 100)`);
  await run(`insert into hosts.label (name, name_key, kind) values ('m', 'm', 'manual')`);
  await run(`insert into hosts.label_member select 1000, id, now() from hosts.host where id % 2 = 0`);
  await run('vacuum analyze');
  const paths = [
    '/hosts',
    '/hosts?order_key=hostname',
    '/hosts?order_key=hostname&order_direction=desc&page=900',
    '/hosts?order_key=seen_time&order_direction=desc',
    '/hosts?order_key=memory',
    '/hosts?order_key=label_updated_at',
    '/hosts/count',
    '/hosts?status=online',
    '/hosts/count?status=offline',
    '/hosts?query=host-99&order_key=hostname',
    '/hosts/count?query=ost-5',
    '/hosts?software_version_id=1&order_key=hostname',
    '/hosts/count?software_version_id=1',
    '/hosts?software_version_id=2',
    '/labels/1000/hosts?order_key=hostname',
    '/hosts/count?label_id=1000',
    '/labels',
    '/host_summary',
    '/host_summary?low_disk_space=20',
    '/hosts/count?low_disk_space=10',
  ];
  for (const path of paths) {
    const times: number[] = [];
    for (let n = 0; n < 7; n++) {
      const began = performance.now();
      const { status } = await call('GET', path);
      if (status !== 200) console.log(path, status);
      times.push(Math.round(performance.now() - began));
    }
    console.log(path, times.sort((a, b) => a - b).join(' '));
  }
  const began = performance.now();
  const moved = await call('POST', '/hosts/transfer/filter', {
    fleet_id: (await call('POST', '/fleets', { name: 'A' })).body.team.id,
    filters: { query: 'host-1' },
  });
  console.log(
    'transfer',
    moved.status,
    Math.round(performance.now() - began),
    (await call('GET', '/hosts/count?query=host-1')).body,
  );
}, 300_000);

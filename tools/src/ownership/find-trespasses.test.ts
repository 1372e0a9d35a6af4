// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cases are programs as text
import { describe, expect, it } from 'vitest';
import { withTree } from '../temporary-tree.ts';
import { findTrespasses } from './find-trespasses.ts';

const trespasses = (files: Record<string, string>) => withTree(files, findTrespasses);
const inInventory = (text: string) => trespasses({ 'server/src/inventory/queries/a.ts': text });

/** Statements by which inventory would write what is hosts' own. */
const foreign = [
  "db.insertInto('hosts.host').values({})",
  "db.updateTable('hosts.host as host').set({})",
  "db.deleteFrom('hosts.host')",
  "db.mergeInto('hosts.host')",
  'sql`insert into hosts.host (id) values (1)`',
  'sql<Row>`INSERT  INTO\n hosts.host (id) values (1)`',
  'sql`with gone as (delete from hosts.host returning *) select * from gone`',
  'sql`update only hosts.host as host set id = 1`',
  'sql`merge into hosts.host using x on true when matched then delete`',
  'sql`truncate table inventory.title, hosts.host`',
  'sql`copy hosts.host (id) from stdin`',
  'sql`create unlogged table if not exists hosts.host (id int)`',
  'sql`create index host_a on hosts.host (a)`',
  'sql`alter table hosts.host add a int`',
  'sql`drop table if exists hosts.host`',
  'sql`lock table hosts.host in row share mode`',
  'sql`lock table hosts.host`',
  "sql`insert into ${sql.table('hosts.host')} select 1`",
  'sql`insert into "hosts"."host" select 1`',
  "sql.raw('delete from hosts.host')",
  "const name = 'a';\nconst target = sql.table(`hosts.host_${name}`);\nsql`insert into ${target} select 1`",
  'const target = sql`hosts.host`;\nsql`delete from ${target}`',
];

describe('ownership of tables in programs', () => {
  it.each(foreign)('sees inventory write to hosts in %s', async (text) => {
    const found = await inInventory(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^server\/src\/inventory\/queries\/a\.ts:\d: .*hosts\.host.*inventory owns only/);
  });

  it.each(
    foreign.map((text) =>
      text
        .replaceAll(/\bhosts\b/g, 'inventory')
        .replaceAll('"hosts"', '"inventory"')
        .replaceAll('hosts.', 'inventory.'),
    ),
  )('lets the owner write: %s', async (text) => {
    expect(await inInventory(text)).toEqual([]);
  });

  it('reading, row locks, upserts and comments are no writes', async () => {
    const text = `
      db.selectFrom('hosts.host');
      sql\`select * from hosts.host for no key update\`;
      sql\`select * from hosts.host for update of host\`;
      sql\`insert into inventory.title select 1 on conflict (id) do update set id = 1\`;
      sql\`select 'delete from hosts.host' -- update hosts.host
        /* truncate hosts.host */\`;
      sql\`create temp table staged (id int)\`;
      sql\`insert into staged select id from hosts.host\`;`;
    expect(await inInventory(text)).toEqual([]);
  });

  it('a statement that does not say which table is refused, but not in the kernel, whose callers own the table', async () => {
    const text = 'const write = (table: string) => sql`insert into ${sql.table(table)} select 1`;';
    expect(await inInventory(text)).toEqual([
      'server/src/inventory/queries/a.ts:1: insert into: the statement does not say which table',
    ]);
    expect(await trespasses({ 'server/src/kernel/a.ts': text })).toEqual([]);
    expect(await trespasses({ 'server/src/kernel/a.ts': 'sql`delete from hosts.host`' })).toHaveLength(1);
  });

  it('a name without a schema is refused', async () => {
    expect(await inInventory('sql`delete from title`')).toEqual([
      'server/src/inventory/queries/a.ts:1: delete from title: the name has no schema',
    ]);
  });

  it("others may pass inventory's fence, but neither close it nor lock anything else of inventory's", async () => {
    const lock = (table: string, mode: string) =>
      trespasses({ 'server/src/vulnerabilities/queries.ts': `sql\`lock table ${table} in ${mode} mode\`` });
    expect(await lock('inventory.fence', 'row share')).toEqual([]);
    expect(await lock('inventory.fence', 'exclusive')).toHaveLength(1);
    expect(await lock('inventory.title', 'row share')).toHaveLength(1);
  });

  it('a domain with a dash owns the schema with an underscore', async () => {
    const path = 'server/src/check-in/queries.ts';
    expect(await trespasses({ [path]: "db.insertInto('check_in.a')" })).toEqual([]);
    expect(await trespasses({ [path]: "db.insertInto('kernel.a')" })).toHaveLength(1);
  });

  it('files outside the domains do not write, and tests may write anything', async () => {
    expect(await trespasses({ 'server/src/main.ts': "db.insertInto('hosts.host')" })).toHaveLength(1);
    expect(await trespasses({ 'server/src/hosts/a.db.test.ts': "db.insertInto('inventory.a')" })).toEqual([]);
  });
});

describe('ownership of tables in migrations', () => {
  const migration = (name: string, text: string) => trespasses({ [`server/migrations/${name}`]: text });

  it('a migration changes the schema its name says', async () => {
    const text = `create schema hosts;
      create table hosts.host (id int);
      do $$ begin create index host_a on hosts.host using gin (a); end $$;
      insert into hosts.host select id from inventory.title;`;
    expect(await migration('0001-hosts-first.sql', text)).toEqual([]);
    expect(await migration('0001-check-in-first.sql', 'create schema check_in;')).toEqual([]);
  });

  it.each([
    'create schema inventory;',
    'create table inventory.a (id int);',
    'create table hosts.a (id int references inventory.title on delete cascade);',
    'do $$ begin create index a on inventory.title (id); end $$;',
    'insert into inventory.title select 1;',
    'alter table inventory.title add a int;',
    'drop table inventory.title;',
    'create sequence inventory.a;',
    'create or replace function inventory.a() returns int as $$ select 1 $$ language sql;',
    'create trigger a after insert or update on inventory.title execute function hosts.a();',
    'create table a (id int);',
  ])('a migration of hosts may not say %s', async (text) => {
    expect(await migration('0001-hosts-first.sql', text)).toHaveLength(1);
  });

  it('says where, counts lines, and refuses other names and a number used twice', async () => {
    expect(await migration('0001-hosts-a.sql', '\n\ntruncate inventory.title;')).toEqual([
      'server/migrations/0001-hosts-a.sql:3: truncate inventory.title: hosts owns only the schema hosts',
    ]);
    expect(await migration('1-hosts.sql', '')).toHaveLength(1);
    const twice = { 'server/migrations/0001-hosts-a.sql': '', 'server/migrations/0001-hosts-b.sql': '' };
    expect(await trespasses(twice)).toEqual(['server/migrations: the number 0001 is used twice']);
  });
});

import { expect, it } from 'vitest';
import type { Catalogue, Column, Table } from './queries.ts';
import { toSql } from './to-sql.ts';

const empty: Catalogue = {
  schemas: ['hosts'],
  tables: [],
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  sequences: [],
  types: [],
  functions: [],
};
const table = (name: string, more: Partial<Table> = {}): Table => ({
  schema: 'hosts',
  name,
  kind: 'table',
  unlogged: false,
  options: [],
  partition_key: null,
  partition_of: null,
  partition_bound: null,
  definition: null,
  ...more,
});
const column = (name: string, more: Partial<Column> = {}): Column => ({
  schema: 'hosts',
  table: 'host',
  name,
  type: 'integer',
  collation: null,
  not_null: false,
  identity: null,
  generated: false,
  default_value: null,
  ...more,
});
const body = (catalogue: Partial<Catalogue>) =>
  toSql({ ...empty, ...catalogue })
    .split('\n\n')
    .slice(1)
    .join('\n\n');

it('writes a table with its columns, constraints, options, indexes and triggers', () => {
  const part = { schema: 'hosts', table: 'host' };
  const text = body({
    tables: [table('host', { options: ['fillfactor=50'] })],
    columns: [
      column('id', { identity: 'always', not_null: true }),
      column('name', { type: 'text', collation: 'C', not_null: true, default_value: "''::text" }),
      column('size', { generated: true, default_value: 'length(name)' }),
    ],
    constraints: [{ ...part, name: 'host_pkey', definition: 'PRIMARY KEY (id)' }],
    indexes: [{ ...part, name: 'host_name', definition: 'CREATE INDEX host_name ON hosts.host (name)' }],
    triggers: [{ ...part, name: 'seen', definition: 'CREATE TRIGGER seen …' }],
  });
  expect(text).toBe(`create schema hosts;

create table hosts.host (
  id integer generated always as identity not null,
  name text collate "C" not null default ''::text,
  size integer generated always as (length(name)),
  constraint host_pkey PRIMARY KEY (id)
) with (fillfactor=50);
CREATE INDEX host_name ON hosts.host (name);
CREATE TRIGGER seen …;
`);
});

it('writes partitions, tables without columns, views, sequences, types and functions', () => {
  const text = body({
    tables: [
      table('fence'),
      table('past', { kind: 'partitioned table', partition_key: 'RANGE (gone)' }),
      table('past_other', { partition_of: 'hosts.past', partition_bound: 'DEFAULT' }),
      table('queue', { unlogged: true }),
      table('seen', { kind: 'view', definition: ' SELECT 1;' }),
    ],
    sequences: [{ schema: 'hosts', name: 'ids', type: 'integer', owned_by: 'hosts.host.id' }],
    types: [{ schema: 'hosts', name: 'state', definition: "as enum ('on', 'off')" }],
    functions: [{ schema: 'hosts', name: 'f', definition: 'CREATE FUNCTION hosts.f() …\n' }],
  });
  expect(text).toBe(`create schema hosts;

create type hosts.state as enum ('on', 'off');

create sequence hosts.ids as integer owned by hosts.host.id;

create table hosts.fence ();

create table hosts.past () partition by RANGE (gone);

create table hosts.past_other partition of hosts.past DEFAULT;

create unlogged table hosts.queue ();

create view hosts.seen as
 SELECT 1;

CREATE FUNCTION hosts.f() …;
`);
});

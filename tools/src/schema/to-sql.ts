import type { Catalogue, Column, Table } from './queries.ts';

const HEADER = `-- The database as the migrations make it, for reading and for comparing: written by \`npm run schema\`, never by hand.
-- The migrations make the database; this file is never run.
`;

/** The whole catalogue as SQL, one statement an object, schema by schema. */
export function toSql(catalogue: Catalogue): string {
  const parts = catalogue.schemas.map((schema) => [
    `create schema ${schema};`,
    ...inSchema(catalogue.types, schema).map((type) => `create type ${schema}.${type.name} ${type.definition};`),
    ...inSchema(catalogue.sequences, schema).map(
      (sequence) =>
        `create sequence ${schema}.${sequence.name} as ${sequence.type}${sequence.owned_by ? ` owned by ${sequence.owned_by}` : ''};`,
    ),
    ...inSchema(catalogue.tables, schema).map((table) => describeTable(table, catalogue)),
    ...inSchema(catalogue.functions, schema).map((each) => `${each.definition.trimEnd()};`),
  ]);
  return `${[HEADER.trimEnd(), ...parts.flat()].join('\n\n')}\n`;
}

const inSchema = <T extends { schema: string }>(objects: T[], schema: string) =>
  objects.filter((object) => object.schema === schema);

function describeTable(table: Table, catalogue: Catalogue): string {
  const full = `${table.schema}.${table.name}`;
  if (table.definition !== null) return `create ${table.kind} ${full} as\n${table.definition}`;
  if (table.partition_of !== null)
    return `create table ${full} partition of ${table.partition_of} ${table.partition_bound};`;
  const of = <T extends { schema: string; table: string }>(objects: T[]) =>
    objects.filter((object) => object.schema === table.schema && object.table === table.name);
  const lines = [
    ...of(catalogue.columns).map(describeColumn),
    ...of(catalogue.constraints).map((each) => `constraint ${each.name} ${each.definition}`),
  ];
  const body = lines.length > 0 ? `(\n${lines.map((line) => `  ${line}`).join(',\n')}\n)` : '()';
  const statements = [`create ${table.unlogged ? 'unlogged ' : ''}table ${full} ${body}${suffix(table)};`];
  for (const each of [...of(catalogue.indexes), ...of(catalogue.triggers)]) statements.push(`${each.definition};`);
  return statements.join('\n');
}

function suffix(table: Table): string {
  const partitioned = table.partition_key === null ? '' : ` partition by ${table.partition_key}`;
  const options = table.options.length === 0 ? '' : ` with (${table.options.join(', ')})`;
  return partitioned + options;
}

function describeColumn(column: Column): string {
  const words = [column.name, column.type];
  if (column.collation !== null) words.push(`collate "${column.collation}"`);
  if (column.identity !== null) words.push(`generated ${column.identity} as identity`);
  else if (column.generated) words.push(`generated always as (${column.default_value})`);
  if (column.not_null) words.push('not null');
  if (column.default_value !== null && !column.generated) words.push(`default ${column.default_value}`);
  return words.join(' ');
}

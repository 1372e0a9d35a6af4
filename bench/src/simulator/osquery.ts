import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Machine } from './machine.ts';
import { type Row, tables } from './tables.ts';
import { tablesInSql } from './tables-in-sql.ts';

/** What osquery says of one query. */
export interface Answer {
  /** JSON of the rows; every cell is a text. */
  rows: string;
  status: 0 | 1;
  message: string;
}

export interface Osquery {
  answer(machine: Machine, sql: string): Answer;
}

/**
 * Answers SQL about simulated machines as osquery would: by running it. osquery is SQLite over tables made at the moment of
 * the question, and so is this, with one set of tables that are filled for whoever is asked.
 */
export function createOsquery(): Osquery {
  const db = new DatabaseSync(':memory:');
  db.function('inet_aton', { deterministic: true }, inetAton);
  for (const [name, { columns }] of Object.entries(tables)) {
    const declared = columns.split(' ').map((column) => column.replace(/^(\w+)(:int)?$/, declare));
    db.exec(`create table ${name} (${declared.join(', ')})`);
  }
  /** Whose rows a table holds. */
  const holders = new Map<string, { machine: Machine; version: number }>();
  const fill = (name: string, machine: Machine) => {
    const table = tables[name];
    const holder = holders.get(name);
    if (!table || (holder?.machine === machine && holder.version === machine.version)) return;
    holders.set(name, { machine, version: machine.version });
    fillTable(db, name, { columns: columnNames(table.columns), rows: table.rows(machine) });
  };
  return {
    answer(machine, sql) {
      try {
        for (const name of tablesInSql(sql)) fill(name, machine);
        const rows = db.prepare(sql).all();
        return { rows: JSON.stringify(rows.map(toTexts)), status: 0, message: '' };
      } catch (error) {
        return { rows: '[]', status: 1, message: (error as Error).message };
      }
    },
  };
}

const declare = (_all: string, name: string, isNumber?: string) => `"${name}" ${isNumber ? 'integer' : 'text'}`;
const columnNames = (columns: string) => columns.split(' ').map((column) => column.replace(':int', ''));

function fillTable(db: DatabaseSync, name: string, { columns, rows }: { columns: string[]; rows: Row[] }): void {
  db.exec(`delete from ${name}`);
  const insert = db.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
  db.exec('begin');
  for (const row of rows) insert.run(...columns.map((column) => row[column] ?? ''));
  db.exec('commit');
}

const toTexts = (row: Record<string, SQLOutputValue>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]));

function inetAton(address: unknown): number | null {
  const parts = String(address).split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

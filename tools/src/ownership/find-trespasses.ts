import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { domains, schemaOf } from '../domains.ts';
import { filesBelow } from '../files.ts';
import { type PlacedWrite, writesInTypescript } from './sql-in-typescript.ts';
import { toLastingTables, UNKNOWN, type Write, writesInSql } from './writes-in-sql.ts';

const owners = ['kernel', ...domains];

/**
 * One sentence for each statement below `server/` that writes, locks or defines what belongs to another domain. The kernel
 * may write tables whose names it is given: their owner gives them.
 */
export function findTrespasses(folder: string): string[] {
  const programs = filesBelow(join(folder, 'server/src'), /\.ts$/).filter((path) => !/\.test\.ts$/.test(path));
  return [
    ...programs.flatMap((path) => inProgram(folder, path)),
    ...filesBelow(join(folder, 'server/migrations'), /\.sql$/).flatMap((path) => inMigration(folder, path)),
    ...numbersTwice(filesBelow(join(folder, 'server/migrations'), /\.sql$/)),
  ];
}

function inProgram(folder: string, path: string): string[] {
  const shown = path.slice(folder.length + 1);
  const owner = owners.find((name) => shown.startsWith(`server/src/${name}/`)) ?? null;
  return toLastingTables(writesInTypescript(path, readFileSync(path, 'utf8')))
    .filter((write) => !(owner === 'kernel' && write.target === null))
    .flatMap((write) => judge(write, owner).map((problem) => `${shown}:${write.line}: ${problem}`));
}

function inMigration(folder: string, path: string): string[] {
  const shown = path.slice(folder.length + 1);
  const text = readFileSync(path, 'utf8');
  const named = /^\d{4}-(.+)\.sql$/.exec(basename(path))?.[1] ?? '';
  const owner = owners.find((name) => named.startsWith(`${name}-`));
  if (!owner) return [`${shown}: its name is not NNNN-<domain>-what.sql`];
  return toLastingTables(writesInSql(text))
    .map((write): PlacedWrite => ({ ...write, line: text.slice(0, write.at).split('\n').length }))
    .flatMap((write) => judge(write, owner).map((problem) => `${shown}:${write.line}: ${problem}`));
}

/** What is wrong with a write by `owner`, in a sentence. */
function judge({ verb, target, mode }: Write, owner: string | null): string[] {
  const what = mode ? `${verb} (${mode})` : verb;
  if (owner === null) return [`${what} ${target}: only domains and the kernel write`];
  if (target === null) return [`${what}: the statement does not say which table`];
  const schema = target.includes('.') ? target.split('.')[0] : null;
  if (schema === null) return [`${what} ${target}: the name has no schema`];
  if (schema === schemaOf(owner)) return [];
  if (verb === 'lock' && target === 'inventory.fence' && mode === 'row share') return [];
  return [`${what} ${target.replaceAll(UNKNOWN, '…')}: ${owner} owns only the schema ${schemaOf(owner)}`];
}

function numbersTwice(paths: string[]): string[] {
  const numbers = paths.map((path) => basename(path).slice(0, 4));
  return [...new Set(numbers.filter((number, place) => numbers.indexOf(number) !== place))].map(
    (number) => `server/migrations: the number ${number} is used twice`,
  );
}

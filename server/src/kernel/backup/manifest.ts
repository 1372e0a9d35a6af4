import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

const Table = Type.Object({
  schema: Type.String(),
  name: Type.String(),
  columns: Type.Array(Type.String()),
  /** Of a partition: of which table, and for which values. */
  partition: Type.Union([Type.Null(), Type.Object({ of: Type.String(), bound: Type.String() })]),
  rows: Type.Integer(),
  /** Of the text of all rows as COPY writes them. */
  sha256: Sha256,
  chunks: Type.Integer(),
});

/** The last entry of a backup: what is in it, and what it must be equal to once it is restored. */
export const Manifest = Type.Object({
  format: Type.Literal(1),
  version: Type.String(),
  createdAt: Type.String(),
  migrations: Type.Array(Type.String()),
  tables: Type.Array(Table),
  /** `value` is null when the sequence was never asked. Text, as it may exceed what a number of JavaScript holds. */
  sequences: Type.Array(Type.Object({ name: Type.String(), value: Type.Union([Type.Null(), Type.String()]) })),
  /** Every other entry of the archive. */
  entries: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer(), sha256: Sha256 })),
});
export type Manifest = Static<typeof Manifest>;
export type StoredTable = Static<typeof Table>;

export const MANIFEST = 'manifest.json';
/** Stands after the manifest and holds its SHA-256. */
export const SEAL = 'manifest.sha256';
/** Folders of the archive. */
export const TABLES = 'tables/';
export const DATA = 'data/';
export const PACKAGES = 'packages/';

/** What is wrong with the file, in a sentence that says what to do. */
export class BackupError extends Error {}

/** @throws BackupError when it is of another format */
export function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (Value.Check(Manifest, value)) return value;
  throw new BackupError(
    'The backup has a format this Flotilla does not know: restore it with the version that made it',
  );
}

/** Names sort in the order of the chunks. */
export const chunkName = (table: { schema: string; name: string }, no: number) =>
  `${TABLES}${table.schema}.${table.name}/${String(no).padStart(8, '0')}.copy.zst`;

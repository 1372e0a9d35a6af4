import { Readable } from 'node:stream';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { type Cell, csvLine } from './csv.ts';
import type { Exchange } from './handler.ts';

/** A file that is written while it is sent. */
export interface ExportFile {
  name: string;
  type: string;
  /** Its text, in pieces, read with this context: everything in one state of the database. The first has rows in it. */
  pieces(ctx: Context): AsyncGenerator<string>;
}

/** Exports at once: each holds a connection for as long as it lasts, and others must still get one. */
const MOST = 3;
let running = 0;
/** Milliseconds without a byte taken, after which whoever wanted the export is gone. */
const STALLED = 300_000;

/**
 * Sends a file piece by piece, so that it may be larger than memory. What goes wrong before the first piece is an answer like
 * any other; what goes wrong later cuts the file off.
 * @throws AppError `unavailable` when too many are under way
 */
export async function sendExport({ reply }: Exchange, ctx: Context, file: ExportFile): Promise<never> {
  if (running >= MOST) {
    const reason = `${MOST} exports are under way, which is the most: try again when one has ended`;
    throw new AppError('unavailable', { name: 'base', reason });
  }
  const pieces = inSnapshot(ctx, file.pieces);
  // A reader that leaves must not keep the connection: also one that leaves before the first piece.
  reply.raw.once('close', () => void pieces.return(undefined));
  const first = await pieces.next();
  reply.raw.setTimeout(STALLED, () => reply.raw.destroy());
  reply.headers({
    'content-type': file.type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'cache-control': 'no-store',
  });
  return reply.send(Readable.from(startingWith(first, pieces))) as never;
}

async function* startingWith(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

async function* inSnapshot(ctx: Context, read: ExportFile['pieces']): AsyncGenerator<string> {
  running += 1;
  try {
    const tx = await ctx.db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute();
    try {
      yield* read({ ...ctx, db: tx });
    } finally {
      await tx.rollback().execute();
    }
  } finally {
    running -= 1;
  }
}

/** All rows of a list, page by page, as its cursors lead on. */
export async function* allPages<R>(
  read: (cursor: string | undefined) => Promise<{ rows: R[]; next: string | null | undefined }>,
): AsyncGenerator<R[]> {
  for (let cursor: string | undefined, more = true; more; ) {
    const { rows, next } = await read(cursor);
    yield rows;
    more = typeof next === 'string';
    cursor = next ?? undefined;
  }
}

/** What a row shows in each column of a table. */
export type Columns<R> = Record<string, (row: R) => Cell>;

/** The same rows as a table for spreadsheets or as one array of JSON. */
export function tableFile<R>(of: {
  name: string;
  format: 'csv' | 'json';
  columns: Columns<R>;
  rows: (ctx: Context) => AsyncGenerator<R[]>;
}): ExportFile {
  return of.format === 'csv'
    ? { name: `${of.name}.csv`, type: 'text/csv; charset=utf-8', pieces: (ctx) => csv(of.columns, of.rows(ctx)) }
    : { name: `${of.name}.json`, type: 'application/json; charset=utf-8', pieces: (ctx) => json(of.rows(ctx)) };
}

async function* csv<R>(columns: Columns<R>, pages: AsyncGenerator<R[]>): AsyncGenerator<string> {
  const cells = Object.values(columns);
  let before = csvLine(Object.keys(columns));
  for await (const page of pages) {
    yield before + page.map((row) => csvLine(cells.map((cell) => cell(row)))).join('');
    before = '';
  }
}

async function* json<R>(pages: AsyncGenerator<R[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + page.map((row) => JSON.stringify(row)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

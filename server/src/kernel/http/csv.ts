import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A cell: nothing is written for null and undefined, moments as RFC 3339. */
export type Cell = string | number | boolean | Date | null | undefined;

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** One line of CSV as RFC 4180 has it. Text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(toCell).join(',')}\r\n`;

function toCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== 'string') return String(cell);
  const inert = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Sends rows as they come, as a file of this name: the answer takes no more memory than one of the batches that `rows` yields. */
export function sendCsv(
  reply: FastifyReply,
  file: { name: string; columns: readonly string[]; rows: AsyncIterable<readonly (readonly Cell[])[]> },
): FastifyReply {
  reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  return reply.send(Readable.from(lines(file)));
}

async function* lines({
  columns,
  rows,
}: {
  columns: readonly string[];
  rows: AsyncIterable<readonly (readonly Cell[])[]>;
}) {
  yield csvLine(columns);
  for await (const batch of rows) yield batch.map(csvLine).join('');
}

import { answerLines, type Line, readLines } from './lines.ts';

/** A line of input, numbered from 1: a JSON object, or what is wrong with it. */
export type Row = { line: number; fields: Record<string, unknown> } | { line: number; error: string };

/** Answers each line of standard input with lines of JSON on standard output; empty lines are none. */
export const answerRows = (answer: (row: Row) => object[]): Promise<void> =>
  answerLines((lines) =>
    lines
      .flatMap(toRow)
      .flatMap((row) => answer(row).map((each) => `${JSON.stringify(each)}\n`))
      .join(''),
  );

/** The rows in each chunk; empty lines are none. */
export async function* readRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row[]> {
  for await (const lines of readLines(chunks)) yield lines.flatMap(toRow);
}

function toRow({ line, text }: Line): Row[] {
  if (text === null) return [{ line, error: 'the line is longer than 1 MiB' }];
  if (text.trim() === '') return [];
  try {
    const fields = JSON.parse(text) as unknown;
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
      return [{ line, fields: fields as Record<string, unknown> }];
    }
  } catch {
    return [{ line, error: 'the line is not JSON' }];
  }
  return [{ line, error: 'the line is no JSON object' }];
}

import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';

/** A line of input, numbered from 1: a JSON object, or what is wrong with it. */
export type Row = { line: number; fields: Record<string, unknown> } | { line: number; error: string };

const LONGEST_LINE = 1024 * 1024;

/** Answers each line of standard input with lines of JSON on standard output, keeping no more than a piece of either. */
export async function answerRows(answer: (row: Row) => object[]): Promise<void> {
  try {
    await pipeline(process.stdin, readRows, toText, process.stdout);
  } catch (error) {
    // Whoever read the answers has seen enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }

  async function* toText(batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
    for await (const rows of batches) {
      const text = rows.flatMap((row) => answer(row).map((each) => `${JSON.stringify(each)}\n`)).join('');
      if (text) yield text;
    }
  }
}

/** The rows in each chunk; empty lines are none. A line that is too long is dropped while it arrives. */
export async function* readRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row[]> {
  const decoder = new StringDecoder('utf8');
  let line = 0;
  let rest = '';
  let isTooLong = false;
  const take = (text: string): Row[] => {
    line++;
    const row = isTooLong ? { line, error: 'the line is longer than 1 MiB' } : toRow(line, text);
    isTooLong = false;
    return row ? [row] : [];
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    yield lines.flatMap(take);
    isTooLong ||= rest.length > LONGEST_LINE;
    if (isTooLong) rest = '';
  }
  rest += decoder.end();
  if (rest !== '' || isTooLong) yield take(rest);
}

function toRow(line: number, text: string): Row | null {
  if (text.trim() === '') return null;
  if (text.length > LONGEST_LINE) return { line, error: 'the line is longer than 1 MiB' };
  try {
    const fields = JSON.parse(text) as unknown;
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) {
      return { line, fields: fields as Record<string, unknown> };
    }
  } catch {
    return { line, error: 'the line is not JSON' };
  }
  return { line, error: 'the line is no JSON object' };
}

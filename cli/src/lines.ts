import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';

/** A line of input, numbered from 1; `text` is null for one that is too long to be kept. */
export interface Line {
  line: number;
  text: string | null;
}

export const LONGEST_LINE = 1024 * 1024;

/** Answers standard input on standard output, keeping no more than a piece of either. `answer` gets the lines of a piece at once. */
export async function answerLines(answer: (lines: Line[]) => string): Promise<void> {
  try {
    await pipeline(process.stdin, readLines, toText, process.stdout);
  } catch (error) {
    // Whoever read the answers has seen enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }

  async function* toText(batches: AsyncIterable<Line[]>): AsyncGenerator<string> {
    for await (const lines of batches) {
      const text = answer(lines);
      if (text) yield text;
    }
  }
}

/** The lines in each chunk. One that is too long is dropped while it arrives. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  const decoder = new StringDecoder('utf8');
  let line = 0;
  let rest = '';
  let isTooLong = false;
  const take = (text: string): Line => {
    line++;
    const read = { line, text: isTooLong || text.length > LONGEST_LINE ? null : text };
    isTooLong = false;
    return read;
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map(take);
    isTooLong ||= rest.length > LONGEST_LINE;
    if (isTooLong) rest = '';
  }
  rest += decoder.end();
  if (rest !== '' || isTooLong) yield [take(rest)];
}

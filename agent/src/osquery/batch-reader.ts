import { randomBytes } from 'node:crypto';
import { createLineSplitter } from '../split-lines.ts';
import { type Answer, answered, failed } from './answer.ts';

export interface NamedStatement {
  name: string;
  text: string;
}

/**
 * Reads what the shell writes for one batch. Before each statement stand two of ours with a name nobody can guess: one that
 * answers a row, and one that fails. The row cuts the output into answers; the error, which is never held back in a buffer,
 * says how far the shell has come.
 */
export interface BatchReader {
  input: string;
  readOutput(chunk: Buffer): void;
  readErrors(chunk: Buffer): void;
  /** The statement that runs, or ran last; null before the first. */
  current(): NamedStatement | null;
  /** Bytes of rows of the statement that runs. */
  currentBytes(): number;
  /** Whether the end of the batch was seen. */
  isWhole(): boolean;
  /** The answers to the statements that came to their end. */
  finished(): Map<string, Answer>;
}

const MOST_ERROR_LINE = 64 * 1024;

export function createBatchReader(statements: readonly NamedStatement[]): BatchReader {
  const mark = `flotilla_${randomBytes(12).toString('hex')}`;
  const { input, places } = layOut(statements, mark);
  const output = readOutput(mark, statements.length);
  const errors = readErrors(mark, places);
  return {
    input,
    readOutput: output.read,
    readErrors: errors.read,
    current: () => statements[Math.max(output.reached(), errors.reached())] ?? null,
    currentBytes: output.bytes,
    isWhole: () => output.reached() === statements.length,
    finished() {
      const answers = new Map<string, Answer>();
      for (const [index, { name }] of statements.slice(0, Math.max(output.reached(), 0)).entries()) {
        const { rows, isBroken } = output.of(index);
        const error = isBroken ? 'osquery answered something that is not JSON' : errors.of(index);
        answers.set(name, error === null ? answered(`[${rows.join(',')}]`, rows.length) : failed(error));
      }
      return answers;
    },
  };
}

/** The rows of each statement: those between its mark and the next. */
function readOutput(mark: string, count: number) {
  const split = createLineSplitter();
  const answers = Array.from({ length: count }, () => ({ rows: [] as string[], isBroken: false }));
  let reached = -1;
  let bytes = 0;
  const readLine = (line: string) => {
    const text = line.trim().replace(/,$/, '');
    const marked = text.startsWith(`{"${mark}"`) ? /:"(\d+)"\}$/.exec(text) : null;
    const answer = answers[reached];
    if (marked) {
      reached = Number(marked[1]);
      bytes = 0;
    } else if (answer && text.startsWith('{')) {
      const row = readStrings(text);
      if (row === null) answer.isBroken = true;
      else answer.rows.push(row);
    }
  };
  return {
    read(chunk: Buffer) {
      bytes += chunk.length;
      for (const line of split(chunk)) readLine(line);
    },
    /** The last mark that was seen; the one after the last statement ends the batch. */
    reached: () => reached,
    bytes: () => bytes,
    of: (index: number) => answers[index] ?? { rows: [], isBroken: true },
  };
}

/** The error of each statement: the shell names the line where the statement starts. */
function readErrors(mark: string, places: readonly [from: number, to: number][]) {
  const split = createLineSplitter(MOST_ERROR_LINE);
  const errors = new Map<number, string>();
  let reached = -1;
  const readLine = (line: string) => {
    const marked = line.includes(mark) ? new RegExp(`${mark}_(\\d+)`).exec(line) : null;
    if (marked) {
      reached = Number(marked[1]);
      return;
    }
    const [, number, message = ''] = /^Error: near line (\d+): (.*)$/.exec(line) ?? [];
    const index = places.findIndex(([from, to]) => Number(number) >= from && Number(number) <= to);
    if (index >= 0) errors.set(index, message);
  };
  return {
    read(chunk: Buffer) {
      for (const line of split(chunk)) readLine(line);
    },
    reached: () => reached,
    of: (index: number) => errors.get(index) ?? null,
  };
}

/** The text for the shell, and the first and last line of each statement. */
function layOut(statements: readonly NamedStatement[], mark: string): { input: string; places: [number, number][] } {
  const places: [number, number][] = [];
  const texts: string[] = [];
  let line = 1;
  const announce = (index: number) => {
    texts.push(`SELECT '${index}' AS ${mark};`, `SELECT ${mark}_${index};`);
    line += 2;
  };
  for (const [index, { text }] of statements.entries()) {
    announce(index);
    const last = line + text.split('\n').length - 1;
    places.push([line, last]);
    texts.push(text);
    line = last + 1;
  }
  announce(statements.length);
  return { input: `${texts.join('\n')}\n`, places };
}

/** A row of strings as JSON; null when it is no JSON object. osquery has only strings, older ones numbers too. */
function readStrings(text: string): string | null {
  try {
    const row = JSON.parse(text) as Record<string, unknown>;
    if (Object.values(row).every((cell) => typeof cell === 'string')) return text;
    return JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, String(cell ?? '')])));
  } catch {
    return null;
  }
}

import { parseArgs } from 'node:util';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';
import { isSchemeName, type SchemeName, schemeNames } from '@flotilla/engine/versions/schemes';
import type { Command } from './command.ts';
import { answerLines } from './lines.ts';
import { answerRows, type Row } from './ndjson.ts';
import { UsageError } from './usage-error.ts';

const usage = `Usage: flotilla versions compare --scheme SCHEME A B
       flotilla versions compare --scheme SCHEME [--ndjson] < FILE

Prints <, = or >: how version A stands to version B. Without versions it reads a line for each two, with a tab
between them, and answers each line with -1, 0 or 1, or with ? where one of the two has no order.

  --scheme SCHEME  How they are ordered: ${schemeNames.join(', ')}
  --ndjson         Read {"a": …, "b": …} a line, and answer each with the same and "order" or "error"`;

const signs = { '-1': '<', '0': '=', '1': '>' } as const;

/** `flotilla versions compare`: asks the engine's version schemes, with no server. */
export const versions: Command = { name: 'versions', summary: 'Compare versions', usage, run };

async function run(args: string[]): Promise<void> {
  const { scheme, isNdjson, texts } = read(args);
  if (isNdjson) return answerRows((row) => [answer(scheme, row)]);
  if (texts.length === 0) return answerLines((lines) => lines.map(({ text }) => `${orderIn(scheme, text)}\n`).join(''));
  const [a, b, ...more] = texts;
  if (a === undefined || b === undefined || more.length > 0) {
    throw new UsageError('give two versions, or none and a line for each two on standard input');
  }
  const compared = compare(scheme, a, b);
  if ('error' in compared) throw new Error(compared.error);
  process.stdout.write(`${compared.order}\n`);
}

function read(args: string[]): { scheme: SchemeName; isNdjson: boolean; texts: string[] } {
  const [word, ...texts] = args;
  if (word !== 'compare') throw new UsageError('flotilla versions: say what to do: compare');
  const { values, positionals } = parse(texts);
  const { scheme = '', ndjson = false } = values;
  if (!isSchemeName(scheme)) throw new UsageError(`--scheme is one of: ${schemeNames.join(', ')}`);
  if (ndjson && positionals.length > 0) throw new UsageError('--ndjson reads the versions from standard input');
  return { scheme, isNdjson: ndjson, texts: positionals };
}

function parse(args: string[]) {
  try {
    const options = { scheme: { type: 'string' }, ndjson: { type: 'boolean' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\. |\n/)[0]);
  }
}

/** How the two versions of a line stand to each other. */
function orderIn(scheme: SchemeName, line: string | null): string {
  const [a, b, ...more] = line?.replace(/\r$/, '').split('\t') ?? [];
  if (a === undefined || b === undefined || more.length > 0) return '?';
  const order = compareVersions(scheme, a, b);
  return typeof order === 'number' ? String(order) : '?';
}

function compare(scheme: SchemeName, a: string, b: string): { order: '<' | '=' | '>' } | { error: string } {
  const order = compareVersions(scheme, a, b);
  if (typeof order === 'number') return { order: signs[`${order}`] };
  return { error: `${JSON.stringify(order.side === 'a' ? a : b)}: ${order.problem}` };
}

function answer(scheme: SchemeName, row: Row): object {
  if ('error' in row) return row;
  const { a, b } = row.fields;
  if (typeof a !== 'string' || typeof b !== 'string') return { line: row.line, error: 'a and b must be texts' };
  return { a, b, ...compare(scheme, a, b) };
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { exportVex, importVex, type VexImport } from '@flotilla/contract/vex';
import { exchange } from '../call-server.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { accessOf, serverOptions } from '../server-options.ts';
import { UsageError } from '../usage-error.ts';

const usage = `Usage: flotilla vex import FILE [option ...]
       flotilla vex export [option ...]

  import FILE          Take over an OpenVEX or CSAF 2.0 document: what does not affect, or is fixed, becomes exceptions.
                       "-" reads standard input. An older version than the one taken over before is refused
  export               Print what was found, said and fixed as one OpenVEX document

  --fleet ID           For or of one fleet only
  --host ID            Export: of one host only
  --cve NAME           Export: of one vulnerability only
  --json               Import: print what the server answers, for scripts

  --server-url URL     Address of the server; default: FLOTILLA_SERVER_URL, else http://localhost:8080
  --token TOKEN        Token of a signed-in person; default: FLOTILLA_TOKEN
  --ca FILE            Certificate authority of the server, when this system does not trust it`;

const options = {
  ...serverOptions,
  fleet: { type: 'string' },
  host: { type: 'string' },
  cve: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Given = ReturnType<typeof parseOptions<typeof options>>;

const plain = (text: string) => text.replace(/\p{C}+/gu, ' ');

/** A large document becomes many exceptions, and a large fleet a large document. */
const TIMEOUT_MS = 300_000;

/** `flotilla vex`: documents about what does not affect, from makers and to others. */
export const vex: Command = { name: 'vex', summary: 'Take over VEX documents, or print one', usage, run };

async function run([what = '', ...args]: string[]): Promise<void> {
  if (what === 'import') return takeOver(args);
  if (what === 'export') return print(parseOptions(args, options));
  throw new UsageError('flotilla vex: say what: import or export');
}

async function takeOver([file = '', ...args]: string[]): Promise<void> {
  if (file === '' || file.startsWith('--'))
    throw new UsageError('flotilla vex import: name a file, or - for standard input');
  const given = parseOptions(args, options);
  if (given.host !== undefined || given.cve !== undefined) throw new UsageError('--host and --cve are for export');
  const fleetId = idOf('fleet', given);
  const access = { ...accessOf('vex', given), timeoutMs: TIMEOUT_MS };
  const document = parse(file, await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')));
  const body = { document, ...(fleetId !== undefined && { fleet_id: fleetId }) };
  const answer = await exchange(importVex, access, { body });
  if (answer === null) throw new Error(`${access.url}: answered with nothing`);
  process.stdout.write(`${given.json ? JSON.stringify(answer) : importWords(answer)}\n`);
}

function parse(file: string, content: string): Record<string, unknown> {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** What became of a document, and a line for each statement that was not applied. */
export function importWords({ document, created, kept, ended, not_applied }: VexImport): string {
  const counts = `${created} made, ${kept} kept, ${ended} ended`;
  const lines = not_applied.map(({ cve, product, reason }) => `not applied: ${cve} in ${product}: ${reason}`);
  return [`${document}: exceptions ${counts}`, ...lines].map(plain).join('\n');
}

async function print(given: Given): Promise<void> {
  if (given.json) throw new UsageError('--json is for import; what is exported is JSON');
  const access = { ...accessOf('vex', given), timeoutMs: TIMEOUT_MS };
  const of = { fleet_id: idOf('fleet', given), host_id: idOf('host', given), cve: given.cve };
  const document = await exchange(exportVex, access, { query: of });
  if (document === null) process.stderr.write('Nothing was found: there is no document to print\n');
  else process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function idOf(name: 'fleet' | 'host', given: Given): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name}: ${text} is no id`);
  return Number(text);
}

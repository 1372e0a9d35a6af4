import { listActions } from '@flotilla/contract/actions';
import { listVulnerabilities } from '@flotilla/contract/vulnerabilities';
import { callServer, type ServerAccess } from '../call-server.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { accessOf, serverOptions } from '../server-options.ts';
import { UsageError } from '../usage-error.ts';
import { actionsTable, vulnerabilitiesTable } from './tables.ts';

const usage = `Usage: flotilla get actions [option ...]
       flotilla get vulnerabilities [option ...]

  actions              What to update, most risk first. "~" before a figure: not counted host by host
  vulnerabilities      What hosts have, on most hosts first

  --fleet ID           Of one fleet only; 0 are the hosts in none
  --query TEXT         Only those with this in their name
  --exploited          Only what is known to be exploited
  --min-score N        Vulnerabilities: only those with a CVSS score of at least N
  --severity WORD      Actions: only those whose worst is at least this: low, medium, high or critical
  --limit N            At most so many; default: 50
  --json               Print what the server answers, for scripts

  --server-url URL     Address of the server; default: FLOTILLA_SERVER_URL, else http://localhost:8080
  --token TOKEN        Token of a signed-in person; default: FLOTILLA_TOKEN
  --ca FILE            Certificate authority of the server, when this system does not trust it`;

const options = {
  ...serverOptions,
  fleet: { type: 'string' },
  query: { type: 'string' },
  exploited: { type: 'boolean' },
  'min-score': { type: 'string' },
  severity: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Given = ReturnType<typeof parseOptions<typeof options>>;

const TIMEOUT_MS = 15_000;
const USUAL = 50;
const levels = ['low', 'medium', 'high', 'critical'] as const;

/** `flotilla get`: lists of a server, for a terminal or a script. */
export const get: Command = { name: 'get', summary: 'List vulnerabilities, or what to update', usage, run };

async function run([what = '', ...args]: string[]): Promise<void> {
  if (what !== 'actions' && what !== 'vulnerabilities') {
    throw new UsageError('flotilla get: say what: actions or vulnerabilities');
  }
  const given = parseOptions(args, options);
  const read = what === 'actions' ? readActions : readVulnerabilities;
  const { answer, table } = await read({ ...accessOf('get', given), timeoutMs: TIMEOUT_MS }, given);
  process.stdout.write(`${given.json ? JSON.stringify(answer) : table}\n`);
}

async function readActions(access: ServerAccess, given: Given) {
  if (given['min-score'] !== undefined)
    throw new UsageError('--min-score is for vulnerabilities; actions take --severity');
  const severity = levels.find((level) => level === given.severity);
  if (given.severity !== undefined && !severity) throw new UsageError(`--severity: must be ${levels.join(', ')}`);
  const exploited = given.exploited;
  const answer = await callServer(listActions, access, { ...common(given), exploited, severity });
  return { answer, table: withTotal(actionsTable(answer.actions, Date.now()), answer.actions.length, answer.count) };
}

async function readVulnerabilities(access: ServerAccess, given: Given) {
  if (given.severity !== undefined) throw new UsageError('--severity is for actions; vulnerabilities take --min-score');
  const answer = await callServer(listVulnerabilities, access, {
    ...common(given),
    ...{ exploit: given.exploited, min_cvss_score: numberOf('min-score', given, 10) },
    ...{ order_key: 'hosts_count', order_direction: 'desc' },
  });
  const { vulnerabilities, count } = answer;
  return { answer, table: withTotal(vulnerabilitiesTable(vulnerabilities), vulnerabilities.length, count) };
}

const common = (given: Given) => ({
  fleet_id: numberOf('fleet', given, 2_147_483_647),
  query: given.query,
  per_page: numberOf('limit', given, 10_000) ?? USUAL,
});

function numberOf(name: 'fleet' | 'min-score' | 'limit', given: Given, most: number): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  const isRight = name === 'min-score' ? /^\d+(\.\d+)?$/.test(text) : /^\d+$/.test(text);
  if (!isRight || Number(text) > most) throw new UsageError(`--${name}: ${text} is no number up to ${most}`);
  return Number(text);
}

const withTotal = (table: string, shown: number, count: number) =>
  shown < count ? `${table}\n${shown} of ${count}: --limit shows more` : table;

import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { UsageError } from '../usage-error.ts';
import type { Enrolment } from './enrolment.ts';
import { fetchEnrolment } from './fetch-enrolment.ts';
import { osqueryFlags } from './osquery-flags.ts';
import { readLocalEnrolment } from './read-local-enrolment.ts';
import { writeEnrolment } from './write-enrolment.ts';

const usage = `Usage: flotilla enrol --osquery [option ...]

Prints the flag file with which an osquery of another host reports to the server.

  --osquery            For a plain osquery; required
  --out DIR            Write all the host needs to DIR: osquery.flags, enrol-secret, server-ca.pem
  --server-url URL     Address under which the host reaches the server; default: FLOTILLA_SERVER_URL,
                       else --server, else https://localhost:8443

On the server's own machine the secret is read from the data folder. Elsewhere:
  --server URL         Address of the server's API
  --token TOKEN        Token of a signed-in person; default: FLOTILLA_TOKEN
  --ca FILE            Certificate authority of the server, when this system does not trust it`;

const options = {
  osquery: { type: 'boolean' },
  out: { type: 'string' },
  'server-url': { type: 'string' },
  server: { type: 'string' },
  token: { type: 'string' },
  ca: { type: 'string' },
} as const;

type Given = ReturnType<typeof parseOptions<typeof options>>;

/** `flotilla enrol`: what a host that is not managed yet needs. */
export const enrol: Command = {
  name: 'enrol',
  summary: 'Print what a host needs to enrol',
  usage,
  async run(args) {
    const given = parseOptions(args, options);
    if (!given.osquery) throw new UsageError('flotilla enrol: say for what: --osquery');
    const server = serverUrl(given);
    const enrolment = await findEnrolment(given);
    const flags = osqueryFlags({ server, ownCa: enrolment.ca !== null });
    if (given.out === undefined) process.stdout.write(flags);
    else process.stderr.write(`${writeEnrolment(given.out, { ...enrolment, flags })}\n`);
    for (const hint of hints(given, server)) process.stderr.write(`${hint}\n`);
  },
};

function serverUrl(given: Given): URL {
  const { FLOTILLA_SERVER_URL: configured, FLOTILLA_TLS_PORT: port } = process.env;
  const address = given['server-url'] ?? (configured || given.server || `https://localhost:${port || '8443'}`);
  if (URL.canParse(address) && new URL(address).protocol === 'https:') return new URL(address);
  const option = given['server-url'] === undefined ? 'pass --server-url' : '--server-url';
  throw new UsageError(`${option}: hosts need an address that starts with https://, not ${address}`);
}

async function findEnrolment(given: Given): Promise<Enrolment> {
  const token = given.token ?? process.env.FLOTILLA_TOKEN;
  if (given.server === undefined) {
    if (given.token !== undefined || given.ca !== undefined) throw new UsageError('--token and --ca go with --server');
    const dataDir = process.env.FLOTILLA_DATA_DIR;
    if (!dataDir) throw new UsageError('FLOTILLA_DATA_DIR must be set; the `flotilla` command does so');
    return readLocalEnrolment(dataDir);
  }
  if (!token) throw new UsageError('--server needs --token, or the token in FLOTILLA_TOKEN');
  if (!URL.canParse(given.server)) throw new UsageError(`--server: ${given.server} is not an address`);
  return fetchEnrolment({ server: given.server, token, caFile: given.ca });
}

function hints(given: Given, server: URL): string[] {
  return [
    ...(given.out === undefined
      ? ['The host also needs the files that the flags name: pass --out DIR to get all.']
      : []),
    ...(['localhost', '127.0.0.1', '[::1]'].includes(server.hostname)
      ? ['These flags are for this machine only: pass --server-url with the address that other hosts reach.']
      : []),
  ];
}

import type { Explanation } from '@flotilla/contract/explanation';
import { explain as explainSoftware } from '@flotilla/engine/matching/explain';
import { explanationToWire } from '@flotilla/engine/matching/explanation-to-wire';
import type { Command } from '../command.ts';
import { openAdvisories } from '../match/open-advisories.ts';
import { softwareOf } from '../match/software-of.ts';
import { accessOf, serverOptions } from '../server-options.ts';
import { UsageError } from '../usage-error.ts';
import { askServer } from './ask-server.ts';
import { explanationText } from './explanation-text.ts';
import { readArguments } from './read-arguments.ts';

const usage = `Usage: flotilla explain HOST|SOFTWARE CVE [option ...]
       flotilla explain --feeds FOLDER|URL [--index FILE] --software JSON CVE [--json]

Prints why software is affected by a vulnerability, is not, or nobody can tell: what it was taken for, under which names it
was looked up, what each feed says there, how versions compare, and what decided.

  HOST                 A host by its id, UUID or hostname: each of its software that any feed speaks of
  SOFTWARE             NAME@VERSION as hosts report them, a package URL, or software:ID by the id of the version
  --json               Print it as JSON, for scripts

  --server-url URL     Address of the server; default: FLOTILLA_SERVER_URL, else http://localhost:8080
  --token TOKEN        Token of a signed-in person; default: FLOTILLA_TOKEN
  --ca FILE            Certificate authority of the server, when this system does not trust it

  --feeds FOLDER|URL   Ask no server but a mirror of the feeds
  --index FILE         Keep what the feeds say, compiled, in this file
  --software JSON      A software as flotilla match takes it: {"purl": "pkg:pypi/django@4.2.1"}`;

export const options = {
  ...serverOptions,
  feeds: { type: 'string' },
  index: { type: 'string' },
  software: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const TIMEOUT_MS = 15_000;

/** `flotilla explain`: the whole chain of reasoning behind one verdict. */
export const explain: Command = { name: 'explain', summary: 'Say why software is vulnerable, or is not', usage, run };

async function run(args: string[]): Promise<void> {
  const { given, subject, cve } = readArguments(args, options);
  const found =
    given.software === undefined
      ? await askServer({ ...accessOf('explain', given), timeoutMs: TIMEOUT_MS }, { subject, cve })
      : [await explainAlone(given.software, cve, given)];
  if (given.json) process.stdout.write(`${JSON.stringify({ explanations: found })}\n`);
  else if (found.length === 0) process.stdout.write(`No feed says anything about ${cve} and software of ${subject}\n`);
  else process.stdout.write(`${found.map(explanationText).join('\n\n')}\n`);
}

interface Mirror {
  feeds?: string | undefined;
  index?: string | undefined;
}

async function explainAlone(text: string, cve: string, { feeds, index }: Mirror): Promise<Explanation> {
  if (!feeds) throw new UsageError('flotilla explain: say where the feeds are: --feeds FOLDER');
  const software = softwareOf(parse(text));
  if ('error' in software) throw new UsageError(`--software: ${software.error}`);
  const advisories = await openAdvisories(feeds, index);
  try {
    const explained = explainSoftware({ software, vulnerability: cve }, advisories.index);
    const { name, version, source, context } = software;
    return { software: { version_id: 0, name, version, source, context }, ...explanationToWire(explained) };
  } finally {
    advisories.close();
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const fields = JSON.parse(text) as unknown;
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UsageError('--software: is no JSON object');
}

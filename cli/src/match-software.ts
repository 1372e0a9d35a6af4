import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { advisoryFeedNames } from '@flotilla/feeds/feeds';
import { readSnapshot, shippedSnapshot } from '@flotilla/feeds/snapshot/snapshot';
import type { Command } from './command.ts';
import type { Advisories } from './match/advisories.ts';
import { findingsOf } from './match/answer-line.ts';
import { openAdvisories } from './match/open-advisories.ts';
import { type Component, readSbom } from './match/read-sbom.ts';
import { softwareOf } from './match/software-of.ts';
import { answerRows, type Row } from './ndjson.ts';
import { parseOptions } from './parse-options.ts';
import { createProgress } from './progress.ts';

const usage = `Usage: flotilla match [--feeds FOLDER|URL] [--index FILE] [--all] < software.ndjson
       flotilla match [--feeds FOLDER|URL] [--index FILE] [--all] --sbom FILE

Judges software against vulnerability data, with no server. Each line of standard input is a JSON object: a software as
flotilla identify takes it, for packages of a distribution with os or context (debian-12), or one that gives its purl or
its cpe (a CPE 2.3 name). Each is answered with a line on standard output:

  software  As it was given
  findings  What affects it: cve, advisory, verdict, fix, evidence, confidence, severity, known_exploited, epss
  unknown   What nobody can tell, with the reason

A line that cannot be read is answered with its number and what is wrong.

  --feeds FOLDER|URL  A mirror of the feeds: ${advisoryFeedNames.join(', ')};
                      without it, the data that came with Flotilla are used, and standard error says how old they are
  --index FILE        Keep what the feeds say, compiled, in this file, so that the next run starts at once; it is made anew when
                      the feeds change. What is loaded from an address is kept beside it, in FILE.feeds
  --sbom FILE         Judge the components of a bill of materials instead: CycloneDX or SPDX 2, in JSON
  --all               Also what is not affected, what the distribution deems unimportant, and what is not judged`;

const options = {
  feeds: { type: 'string' },
  index: { type: 'string' },
  sbom: { type: 'string' },
  all: { type: 'boolean' },
} as const;

/** `flotilla match`: asks the engine's matchers, with no server. */
export const match: Command = { name: 'match', summary: 'Find vulnerabilities in a list of software', usage, run };

async function run(args: string[]): Promise<void> {
  const { feeds, index, sbom, all = false } = parseOptions(args, options);
  const components = sbom === undefined ? null : readSbom(sbom);
  if (!feeds) process.stderr.write(`${await ageOfSnapshot()}\n`);
  const advisories = await openAdvisories(feeds, index);
  const progress = createProgress('software judged');
  const answerRow = (row: Row) => {
    progress.count(row.line);
    return [answer(row, advisories, all)];
  };
  if (components) await answerComponents(components, answerRow);
  else await answerRows(answerRow);
  progress.clear();
  advisories.close();
}

async function ageOfSnapshot(): Promise<string> {
  const published = Object.values((await readSnapshot(shippedSnapshot)).feeds).map((feed) => feed.published);
  const [oldest, newest] = [published.sort()[0], published.at(-1)].map((at) => at?.slice(0, 10));
  const days = Math.floor((Date.now() - Date.parse(String(newest))) / 86_400_000);
  return `Judged by the data that came with Flotilla: of ${oldest} to ${newest}, the newest ${days} days old`;
}

function answer(row: Row, advisories: Advisories, areAllWanted: boolean): object {
  if ('error' in row) return row;
  const software = softwareOf(row.fields);
  if ('error' in software) return { line: row.line, ...software };
  return { software: row.fields, ...findingsOf(software, advisories, areAllWanted) };
}

/** Components are numbered from 1, as lines are. One that has neither purl nor cpe is known by nothing. */
async function answerComponents(components: readonly Component[], answerRow: (row: Row) => object[]): Promise<void> {
  function* answers() {
    for (const [at, fields] of components.entries()) {
      for (const each of answerRow({ line: at + 1, fields })) yield `${JSON.stringify(each)}\n`;
    }
  }
  try {
    await pipeline(Readable.from(answers()), process.stdout);
  } catch (error) {
    // Whoever read the answers has seen enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

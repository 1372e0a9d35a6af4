import { judgeSoftware } from '@flotilla/engine/matching/judge-software';
import { advisoryFeedNames } from '@flotilla/feeds/feeds';
import type { Command } from './command.ts';
import { type LoadedAdvisories, loadAdvisories } from './load-advisories.ts';
import { answerRows, type Row } from './ndjson.ts';
import { parseOptions } from './parse-options.ts';
import { createProgress } from './progress.ts';
import { lacksContext, toSoftware } from './software-row.ts';
import { UsageError } from './usage-error.ts';
import { verdictRows } from './verdict-rows.ts';

const usage = `Usage: flotilla match --feeds FOLDER [--all] < software.ndjson

Judges software against vulnerability data, with no server. Each line of standard input is a JSON object with
name, version, source (deb_packages unless it says so) and for packages of a distribution context (debian-12) or os,
and where known the fields that flotilla identify takes, and kind (kernel for the kernel that runs). Each verdict is a
line on standard output, with its evidence; a line that cannot be read is answered with its number and what is wrong.

  --feeds FOLDER  A mirror of the feeds: ${advisoryFeedNames.join(', ')}
  --all           Also what is not affected, what the distribution deems unimportant, and what is not judged`;

const options = { feeds: { type: 'string' }, all: { type: 'boolean' } } as const;

/** `flotilla match`: asks the engine's matchers, with no server. */
export const match: Command = { name: 'match', summary: 'Find vulnerabilities in a list of software', usage, run };

async function run(args: string[]): Promise<void> {
  const { feeds: folder, all = false } = parseOptions(args, options);
  if (!folder) throw new UsageError('flotilla match: say where the feeds are: --feeds FOLDER');
  const loading = createProgress('advisories read');
  const advisories = await loadAdvisories(folder, loading.count);
  loading.clear();
  if (Object.keys(advisories.counts).length === 0) throw new UsageError(`${folder} has none of the feeds`);
  if (advisories.problems > 0) process.stderr.write(`${advisories.problems} records could not be read whole\n`);
  const judging = createProgress('lines judged');
  await answerRows((row) => {
    judging.count(row.line);
    return answer(row, advisories, all);
  });
  judging.clear();
}

function answer(row: Row, { index, exploited }: LoadedAdvisories, areAllWanted: boolean): object[] {
  if ('error' in row) return [row];
  const software = toSoftware(row.fields);
  if ('error' in software) return [{ line: row.line, ...software }];
  if (lacksContext(software)) return [{ line: row.line, error: 'context is missing' }];
  const judgement = judgeSoftware(software, index);
  return verdictRows({ line: row.line, software, judgement }, exploited, areAllWanted);
}

import type { Command } from './command.ts';
import { enrol } from './enrol/enrol.ts';
import { explain } from './explain/explain.ts';
import { feeds } from './feeds/feeds.ts';
import { get } from './get/get.ts';
import { overview } from './help.ts';
import { identify } from './identify-software.ts';
import { match } from './match-software.ts';
import { UsageError } from './usage-error.ts';
import { readVersion } from './version.ts';
import { versions } from './versions-compare.ts';
import { vex } from './vex/vex.ts';

const commands: readonly Command[] = [
  enrol,
  explain,
  feeds,
  get,
  identify,
  match,
  versions,
  vex,
  {
    name: 'version',
    summary: 'Print the version',
    usage: 'Usage: flotilla version',
    async run(args) {
      if (args.length > 0) throw new UsageError('flotilla version takes no options');
      print(readVersion());
    },
  },
];

const print = (text: string) => void process.stdout.write(`${text}\n`);
const isHelp = (word: string | undefined) => word === 'help' || word === '--help' || word === '-h';

function find(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (command) return command;
  throw new UsageError(`flotilla: unknown command ${name}; \`flotilla help\` lists them`);
}

async function main([name = 'help', ...args]: string[]): Promise<void> {
  if (name === '--version') return find('version').run(args);
  if (isHelp(name)) return print(args[0] ? find(args[0]).usage : overview(commands));
  const command = find(name);
  if (args.some(isHelp)) return print(command.usage);
  await command.run(args);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { repository } from '../repository.ts';
import { createRandom } from './random.ts';
import { mutate, pairs, versionsIn } from './version-pairs.ts';

const PAIRS = 30_000;
const INVALID = 1_500;

/** Asks the real dpkg about each pair; `!` for texts that it does not take without a warning. */
const asker = `
valid() { dpkg --validate-version -- "$1" 2>/dev/null; }
while IFS="$(printf '\\t')" read -r a b; do
  if [ -z "$b" ]; then if valid "$a"; then echo 'ok'; else echo '!'; fi
  elif ! valid "$a" || ! valid "$b"; then echo '!'
  elif dpkg --compare-versions "$a" lt "$b"; then echo '<'
  elif dpkg --compare-versions "$a" eq "$b"; then echo '='
  else echo '>'; fi
done`;

/** Writes `engine/testdata/dpkg.vectors.gz` from the versions in a gzipped feed, with a fixed seed. */
function main([feed]: string[]): void {
  if (!feed) throw new Error('say which gzipped feed has real versions');
  const random = createRandom(20_260_821);
  const real = versionsIn(gunzipSync(readFileSync(feed)).toString());
  const chosen = pairs(real, random, PAIRS);
  const singles = Array.from({ length: INVALID }, () => [mutate(random.pick(real), random, 4), ''] as const);
  const asked = [...chosen, ...singles];
  const answers = ask(asked.map((pair) => pair.join('\t')));
  const lines = asked.flatMap(([a, b], at) => {
    if (b === '') return answers[at] === '!' ? [`! ${a}`] : [];
    return answers[at] === '!' ? [] : [`${a} ${answers[at]} ${b}`];
  });
  const text = `${[...new Set(lines)].sort().join('\n')}\n`;
  writeFileSync(join(repository, 'engine/testdata/dpkg.vectors.gz'), gzipSync(text, { level: 9 }));
  console.log(`${real.length} versions, ${new Set(lines).size} vectors`);
}

function ask(lines: string[]): string[] {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', asker], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const answers = stdout.trimEnd().split('\n');
  if (status !== 0 || answers.length !== lines.length) throw new Error(`dpkg answered ${answers.length}: ${stderr}`);
  return answers;
}

main(process.argv.slice(2));

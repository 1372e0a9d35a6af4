import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repository } from '../repository.ts';
import { createRandom, type Random } from './random.ts';

const PAIRS = 34_000;
const SINGLES = 3_000;

/** A real program that orders versions, and what to ask it about. */
export interface RealProgram {
  scheme: string;
  /** What versions of the scheme are made of; odd pieces are wanted too. */
  pieces: readonly string[];
  /** Reads `a<TAB>b` a line and prints `<`, `=` or `>`, `!` when one of them is no version; b may be empty. */
  command: Command;
  /** What it is made of, by paths in a folder of its own, and how it is built there. */
  sources?: Readonly<Record<string, string | Buffer>>;
  build?: Command;
  /** Texts that the scheme reads in another way on purpose; its file says why. */
  isLeftOut?: (text: string) => boolean;
}

type Command = readonly [string, ...string[]];
type Pair = readonly [string, string];

/** Writes `engine/testdata/<scheme>.vectors.gz` about the versions in a file, one a line, with a fixed seed. */
export function writeVectors(program: RealProgram, versionsFile: string | undefined): void {
  if (!versionsFile) throw new Error('say which file has real versions, one a line');
  const real = [...new Set(readFileSync(versionsFile, 'utf8').split('\n').filter(Boolean))].sort();
  const random = createRandom(20_261_124);
  const asked = [
    ...Array.from({ length: PAIRS }, () => pairOf(real, program.pieces, random)),
    ...Array.from({ length: SINGLES }, (): Pair => [mutate(random.pick(real), program.pieces, random), '']),
  ].filter((pair) => !pair.some((text) => program.isLeftOut?.(text)));
  const answers = ask(program, asked);
  const lines = asked.flatMap(([a, b], at) => {
    if (b === '') return answers[at] === '!' && a !== '' ? [`! ${a}`] : [];
    return answers[at] === '!' ? [] : [`${a} ${answers[at]} ${b}`];
  });
  const distinct = [...new Set(lines)].sort();
  const file = join(repository, `engine/testdata/${program.scheme}.vectors.gz`);
  const bytes = gzipSync(`${distinct.join('\n')}\n`, { level: 9 });
  writeFileSync(file, bytes);
  console.log(`${real.length} versions, ${distinct.length} vectors, ${bytes.length} bytes`);
}

/** Neighbours in the sorted list, versions from anywhere, and versions beside mutations of themselves. */
function pairOf(real: readonly string[], pieces: readonly string[], random: Random): Pair {
  const at = random.below(real.length - 1);
  const one = real[at] ?? '0';
  const mutated = () => mutate(one, pieces, random);
  const other = random.pick([() => real[at + 1] ?? '0', () => random.pick(real), mutated, mutated, mutated])() || '0';
  return random.below(2) === 0 ? [one, other] : [other, one];
}

/** Cuts, doubles or puts in a piece, up to three times; the answer may be no version any more. */
function mutate(version: string, pieces: readonly string[], random: Random): string {
  let text = version;
  for (let times = random.below(3); times >= 0; times--) {
    const at = random.below(text.length + 1);
    const end = Math.min(text.length, at + random.below(3));
    const middle = random.pick([random.pick(pieces), '', text.slice(at, end).repeat(2)]);
    text = text.slice(0, at) + middle + text.slice(end);
  }
  return text;
}

function ask({ command, sources, build }: RealProgram, pairs: readonly Pair[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  try {
    for (const [path, content] of Object.entries(sources ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const cwd = sources ? folder : repository;
    if (build) run(build, cwd, '');
    const answers = run(command, cwd, `${pairs.map((pair) => pair.join('\t')).join('\n')}\n`)
      .trimEnd()
      .split('\n');
    if (answers.length !== pairs.length) throw new Error(`${answers.length} answers to ${pairs.length} questions`);
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run([program, ...args]: Command, cwd: string, input: string): string {
  return execFileSync(program, args, { cwd, input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

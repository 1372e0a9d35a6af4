import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAgent, ensureConsole } from './builds.js';
import { ensureDependencies } from './dependencies.js';
import { fail, nodeFlags } from './launch.js';
import { memoryFolder } from './memory-folder.js';
import { chooseNode, missingNode } from './node-choice.js';
import { repository } from './repository.js';
import { runHere } from './run-program.js';
import { createProgress } from './terminal.js';
import { addUp, summaryLines } from './test-summary.js';

/**
 * What runs at the same time. Tests of whole systems run after the others: two cores are soon busy. They mostly wait,
 * so those that need the packages of this machine for themselves run beside those that do not.
 */
const ROUNDS = [[['unit', 'db']], [['e2e'], ['e2e-machine']]];

const filters = process.argv.slice(2).filter((argument) => argument !== '--');
const environment = process.env;
const allowSkips = environment.FLOTILLA_TEST_ALLOW_SKIPS !== 'no' && environment.CI !== 'true';

/** Walls, types and lint; each step counts as a test. */
async function runChecks(node) {
  const file = join(repository, 'tools', 'src', 'check.ts');
  if (!existsSync(file)) {
    console.log('There are no checks yet (tools/src/check.ts).');
    return { passed: 0, failed: 0, skipped: [] };
  }
  return collect((results) => runHere(node, [...nodeFlags, file], { env: { ...environment, ...results } }));
}

async function runTests(node, projects) {
  const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const reporter = join(repository, 'bin', 'test-reporter.js');
  // By itself Vitest leaves one core free, which is one of two.
  const args = ['run', '--passWithNoTests', `--maxWorkers=${availableParallelism()}`, `--reporter=${reporter}`];
  const chosen = projects.flatMap((name) => ['--project', name]);
  return collect((results) =>
    runHere(node, [...nodeFlags, vitest, ...args, ...chosen, ...filters], {
      cwd: repository,
      env: { ...environment, ...results },
    }),
  );
}

/**
 * Runs something that writes its counts to a file; one that does not is itself one test. All temporary files of it are in
 * a folder that goes with it.
 */
async function collect(run) {
  const folder = mkdtempSync(join(memoryFolder() ?? tmpdir(), 'flotilla-test-'));
  // As root databases run as another user, who has to get in.
  chmodSync(folder, 0o711);
  const file = join(folder, 'results.json');
  try {
    const code = await run({ FLOTILLA_TEST_RESULTS: file, TMPDIR: folder });
    if (!existsSync(file)) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
    const results = { skipped: [], ...JSON.parse(readFileSync(file, 'utf8')) };
    // A run that fails has at least one failure, whatever it wrote.
    return code === 0 ? results : { ...results, failed: Math.max(results.failed, 1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const progress = createProgress();
try {
  await ensureDependencies(progress);
  const node = chooseNode();
  if (!node) fail(missingNode());
  const parts = filters.length === 0 ? [await runChecks(node)] : [];
  await ensureConsole(progress);
  await ensureAgent(progress);
  for (const round of ROUNDS) parts.push(...(await Promise.all(round.map((projects) => runTests(node, projects)))));
  const total = addUp(parts, { allowSkips });
  for (const line of summaryLines(total)) console.log(line);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  progress.failed();
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

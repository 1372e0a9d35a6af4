import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureConsole } from './console-build.js';
import { ensureDependencies } from './dependencies.js';
import { fail, nodeFlags } from './launch.js';
import { chooseNode, missingNode } from './node-choice.js';
import { repository } from './repository.js';
import { runHere } from './run-program.js';
import { createProgress } from './terminal.js';
import { addUp, summaryLines } from './test-summary.js';

/** Tests of whole systems run after the others: they measure and wait, and two cores are soon busy. */
const ROUNDS = [['unit', 'db'], ['e2e']];

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
  const args = ['run', '--passWithNoTests', `--reporter=${join(repository, 'bin', 'test-reporter.js')}`];
  const chosen = projects.flatMap((name) => ['--project', name]);
  return collect((results) =>
    runHere(node, [...nodeFlags, vitest, ...args, ...chosen, ...filters], {
      cwd: repository,
      env: { ...environment, ...results },
    }),
  );
}

/** Runs something that writes its counts to a file; one that does not is itself one test. */
async function collect(run) {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-test-'));
  const file = join(folder, 'results.json');
  try {
    const code = await run({ FLOTILLA_TEST_RESULTS: file });
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
  for (const projects of ROUNDS) parts.push(await runTests(node, projects));
  const total = addUp(parts, { allowSkips });
  for (const line of summaryLines(total)) console.log(line);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  progress.failed();
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

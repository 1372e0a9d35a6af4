import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repository } from './repository.js';
import { skippedTest } from './test-summary.js';

const FRAMES = 4;

/** Vitest reporter: a line a file, each failure in full, and the counts for `bin/test.js` in a file. */
export default class TestReporter {
  /** @type {import('./test-summary.js').Results} */
  results = { passed: 0, failed: 0, skipped: [] };

  onTestCaseResult(test) {
    const { state, errors, note } = test.result();
    const name = fullName(test);
    if (state === 'passed') this.results.passed += 1;
    else if (state === 'failed') this.#fail(name, errors);
    else this.results.skipped.push(skippedTest(name, note));
  }

  /** Set-up of a suite that fails leaves its tests skipped. */
  onTestSuiteResult(suite) {
    if (suite.errors().length > 0) this.#fail(fullName(suite), suite.errors());
  }

  onTestModuleEnd(module) {
    if (module.errors().length > 0) this.#fail(fileOf(module), module.errors());
    const tests = [...module.children.allTests()];
    const { duration } = module.diagnostic();
    const mark = module.ok() ? '✓' : '✗';
    console.log(`${mark} ${fileOf(module)} (${tests.length} tests, ${(duration / 1000).toFixed(1)} s)`);
  }

  onTestRunEnd(_modules, unhandledErrors) {
    for (const error of unhandledErrors) this.#fail('Error outside of a test', [error]);
    writeFileSync(process.env.FLOTILLA_TEST_RESULTS, JSON.stringify(this.results));
  }

  #fail(name, errors) {
    this.results.failed += 1;
    console.log(`\n✗ ${name}`);
    for (const error of errors ?? []) console.log(indent(describe(error)));
    console.log('');
  }
}

const fileOf = (module) => relative(repository, module.moduleId);
const fullName = (entity) => `${fileOf(entity.module)} > ${entity.fullName}`;
const indent = (text) => text.replaceAll(/^/gm, '    ');

function describe({ name, message, diff, stacks = [], stack = '' }) {
  const frames = stacks.slice(0, FRAMES).map((frame) => `at ${relative(repository, frame.file)}:${frame.line}`);
  const where =
    frames.length > 0
      ? frames.join('\n')
      : stack
          .split('\n')
          .slice(1, 1 + FRAMES)
          .join('\n');
  return [`${name}: ${message}`, diff && stripVTControlCharacters(diff), where].filter(Boolean).join('\n');
}

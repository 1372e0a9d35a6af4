import { programOf, runProgram } from './run-program.ts';
import type { Step } from './step.ts';

/** Biome finds nothing to correct, in form or in content. */
export const lint: Step = {
  name: 'lint and format',
  run: () =>
    runProgram(programOf('@biomejs/biome', 'bin/biome'), ['check', '--colors=off', '--error-on-warnings', '.']),
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../repository.ts';
import { programOf, runProgram } from './run-program.ts';
import type { Step } from './step.ts';

const projects = ['.', 'web'];

/** The compiler accepts every program. */
export const types: Step = {
  name: 'types',
  async run() {
    const present = projects.filter((project) => existsSync(join(repository, project, 'tsconfig.json')));
    const compiler = programOf('typescript', 'bin/tsc');
    const found = await Promise.all(
      present.map((project) => runProgram(compiler, ['--pretty', 'false', '-p', project])),
    );
    return { problems: found.flatMap((each) => each.problems) };
  },
};

import { relative, resolve } from 'node:path';
import { ensureDependencies } from './dependencies.js';
import { fail, launch, standIn } from './launch.js';
import { repository } from './repository.js';
import { createProgress } from './terminal.js';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Usage: node bin/run.js FILE.ts [argument ...]');
const progress = createProgress((text) => process.stderr.write(text), process.stderr.isTTY === true);
try {
  await ensureDependencies(progress);
  standIn(launch(relative(repository, resolve(file)), args, { stdio: 'inherit' }));
} catch (error) {
  progress.failed();
  fail(error.message);
}

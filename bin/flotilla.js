#!/usr/bin/env node
import { ensureAgent } from './builds.js';
import { AGENT, fail, launch, programFor, standIn } from './launch.js';
import { createProgress } from './terminal.js';

const { file, args } = programFor(process.argv.slice(2));
const progress = createProgress((text) => process.stderr.write(text), process.stderr.isTTY === true);
try {
  if (file === AGENT) await ensureAgent(progress);
  standIn(launch(file, args, { stdio: process.send ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit' }));
} catch (error) {
  progress.failed();
  fail(error.message);
}

#!/usr/bin/env node
import { fail, launch, programFor, standIn } from './launch.js';

const { file, args } = programFor(process.argv.slice(2));
try {
  standIn(launch(file, args, { stdio: process.send ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit' }));
} catch (error) {
  fail(error.message);
}

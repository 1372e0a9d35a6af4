import { spawn } from 'node:child_process';

/** A program that ended with another code than 0; the message is the end of what it said. */
export class ProgramFailed extends Error {}

/** Runs a program without showing its output. @throws ProgramFailed */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new ProgramFailed(output.trim() || `${program} ended with code ${code}`));
    });
  });
}

/** Runs a program on this terminal. @returns its exit code; 1 when a signal ended it */
export function runHere(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

import type { Findings, Step } from './steps/step.ts';

interface Outcome extends Findings {
  name: string;
}

/** Runs the steps one after the other, with a line each, and lists at the end what failed. @returns how many failed */
export async function runSteps(steps: Step[], print: (line: string) => void): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const began = performance.now();
    const findings = await findingsOf(step);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const verdict = findings.problems.length === 0 ? 'ok' : 'FAILED';
    print(`${step.name.padEnd(16)} ${verdict.padEnd(6)} ${seconds.padStart(6)} s`);
    for (const note of findings.notes ?? []) print(`  ${note}`);
    outcomes.push({ ...findings, name: step.name });
  }
  const failed = outcomes.filter((outcome) => outcome.problems.length > 0);
  for (const { name, problems } of failed) {
    print(`\n${name}:`);
    for (const problem of problems) print(problem.replaceAll(/^/gm, '  '));
  }
  print(`\n${steps.length - failed.length} passed, ${failed.length} failed`);
  return failed.length;
}

async function findingsOf(step: Step): Promise<Findings> {
  try {
    return await step.run();
  } catch (error) {
    return { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

import { expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';
import type { Step } from './steps/step.ts';

const step = (name: string, run: Step['run']): Step => ({ name, run });

async function output(steps: Step[]) {
  const lines: string[] = [];
  const failed = await runSteps(steps, (line) => lines.push(line));
  return { failed, text: lines.join('\n').replaceAll(/\d+\.\d s/g, 'T') };
}

it('prints a line a step, then what failed, then the count', async () => {
  const { failed, text } = await output([
    step('good', async () => ({ problems: [], notes: ['12 files'] })),
    step('bad', async () => ({ problems: ['a.ts: too long', 'b.ts: two\nlines'] })),
    step('broken', async () => {
      throw Object.assign(new Error('no such program'), { stack: 'no such program' });
    }),
  ]);
  expect(failed).toBe(2);
  expect(text.replaceAll(/ +T/g, ' T')).toBe(
    [
      'good             ok T',
      '  12 files',
      'bad              FAILED T',
      'broken           FAILED T',
      '\nbad:',
      '  a.ts: too long',
      '  b.ts: two',
      '  lines',
      '\nbroken:',
      '  no such program',
      '\n1 passed, 2 failed',
    ].join('\n'),
  );
});

it('fails nothing when all is well', async () => {
  const { failed, text } = await output([step('good', async () => ({ problems: [] }))]);
  expect(failed).toBe(0);
  expect(text).toMatch(/\n\n1 passed, 0 failed$/);
});

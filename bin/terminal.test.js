import { expect, it } from 'vitest';
import { createProgress } from './terminal.js';

function record(rewrites) {
  const written = [];
  return { progress: createProgress((text) => written.push(text), rewrites), text: () => written.join('') };
}

it('writes each step once it is done, when the output is a file', () => {
  const { progress, text } = record(false);
  progress.step('Installing');
  progress.line('a warning');
  progress.step('Building');
  progress.failed();
  expect(text().replaceAll(/\d\.\d s/g, 'TIME')).toBe('a warning\n✓ Installing (TIME)\n✗ Building (TIME)\n');
});

it('shows a step while it runs, when the output is a terminal', () => {
  const { progress, text } = record(true);
  progress.step('Installing');
  expect(text()).toBe('… Installing');
  progress.done();
  progress.done();
  expect(text().split('\r\x1b[2K')).toEqual(['… Installing', expect.stringMatching(/^✓ Installing \(\d\.\d s\)\n$/)]);
});

import { expect, it } from 'vitest';
import { buildCommand } from './builds.js';
import { programFor } from './launch.js';

it('gives serve and agent to their programs and everything else to the CLI', () => {
  expect(programFor(['serve', '--x'])).toEqual({ file: 'server/src/main.ts', args: ['--x'] });
  expect(programFor(['agent'])).toEqual({ file: 'agent/dist/main.js', args: [] });
  expect(programFor(['enrol', '--osquery'])).toEqual({ file: 'cli/src/main.ts', args: ['enrol', '--osquery'] });
  expect(programFor([])).toEqual({ file: 'cli/src/main.ts', args: [] });
  expect(programFor(['toString'])).toEqual({ file: 'cli/src/main.ts', args: ['toString'] });
});

it('runs the build script of the console under the right Node', () => {
  expect(buildCommand('node build.ts', '/node')).toEqual({ program: '/node', args: ['build.ts'] });
  expect(buildCommand('vite build', '/node')).toEqual({
    program: '/node',
    args: [expect.stringMatching(/node_modules\/\.bin\/vite$/), 'build'],
  });
});

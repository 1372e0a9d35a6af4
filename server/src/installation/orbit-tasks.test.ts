import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { withVariables } from './orbit-tasks.ts';

const odd = `a'b"c$(id)\`id\`\\ ; rm -rf / #\n-x`;

test('variables reach a script as they are, whatever is in them', () => {
  const script = withVariables('#!/bin/sh\nprintf %s "$ODD"\n', { ODD: odd });
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe(odd);
  expect(execFileSync('/bin/sh', ['-c', withVariables('printf %s "$ODD"', { ODD: odd })], { encoding: 'utf8' })).toBe(
    odd,
  );
});

test('scripts for other interpreters are left as they are', () => {
  const script = '#!/usr/bin/env python3\nprint(1)\n';
  expect(withVariables(script, { ODD: odd })).toBe(script);
});

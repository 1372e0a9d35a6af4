import { schemeNames } from '@flotilla/engine/versions/schemes';
import { describe, expect, test } from 'vitest';
import { rowsOf, runCli } from './testing/run-cli.ts';

const compare = (...args: string[]) => runCli(['versions', 'compare', ...args]);

const compareLines = (scheme: string, input: string) => runCli(['versions', 'compare', '--scheme', scheme], input);

describe('flotilla versions compare', { timeout: 60_000 }, () => {
  test.each([
    ['1.0', '1.1', '<\n'],
    ['1.0-1', '1.0-1', '=\n'],
    ['1:1.0', '2.0~rc1', '>\n'],
  ])('%s to %s', async (a, b, stdout) => {
    expect(await compare('--scheme', 'dpkg', a, b)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('what is no version has no order', async () => {
    expect(await compare('--scheme', 'dpkg', '1.0', 'v2')).toEqual({
      code: 1,
      stdout: '',
      stderr: '"v2": the upstream version does not start with a digit\n',
    });
  });

  test.each([
    [[], `--scheme is one of: ${schemeNames.join(', ')}\n`],
    [['--scheme', 'toString', '1', '2'], `--scheme is one of: ${schemeNames.join(', ')}\n`],
    [['--scheme', 'dpkg', '1'], 'give two versions, or none and a line for each two on standard input\n'],
    [['--scheme', 'dpkg', '1', '2', '3'], 'give two versions, or none and a line for each two on standard input\n'],
    [['--scheme', 'dpkg', '--ndjson', '1'], '--ndjson reads the versions from standard input\n'],
    [['--frob'], "Unknown option '--frob'\n"],
  ])('refuses %j in one line', async (args, line) => {
    expect(await compare(...args)).toEqual({ code: 2, stdout: '', stderr: line });
  });

  test.each([
    ['semver', '1.0.0-rc.2', '1.0.0-rc.10', '<\n'],
    ['npm', 'v1.2.3', '1.2.3+build', '=\n'],
    ['go', '1.21.0-rc.2', 'go1.21rc3', '<\n'],
    ['pep440', '1.0.post1', '1.0rc1', '>\n'],
    ['maven', '1.0.Final', '1', '=\n'],
    ['nuget', '1.0', '1.0.0.1', '<\n'],
    ['rubygems', '7.0.0.rc1', '7.0', '<\n'],
    ['packagist', 'v2.0.0-p1', '2.0', '>\n'],
  ])('by %s, %s to %s', async (scheme, a, b, stdout) => {
    expect(await compare('--scheme', scheme, a, b)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('answers two versions a line with a sign, and with ? what has no order', async () => {
    const input = '1.0\t1.1\n1.0\t1.0\r\n2\t1~rc1\n1\t1_\n\n1.0\n1\t2\t3\n1.0\t0.9';
    const { code, stdout } = await compareLines('dpkg', input);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '-1\n0\n1\n?\n?\n?\n?\n1\n' });
  });

  test('answers line by line, also the lines that it cannot read', async () => {
    const input = '{"a":"1~","b":"1"}\n\n{"a":"1","b":"1_"}\nnonsense\n{"a":1}\n[]\n{"a":"2","b":"1"}';
    const { code, stdout } = await runCli(['versions', 'compare', '--scheme', 'dpkg', '--ndjson'], input);
    expect(code).toBe(0);
    expect(rowsOf(stdout)).toEqual([
      { a: '1~', b: '1', order: '<' },
      { a: '1', b: '1_', error: '"1_": the upstream version has a character that is not allowed' },
      { line: 4, error: 'the line is not JSON' },
      { line: 5, error: 'a and b must be texts' },
      { line: 6, error: 'the line is no JSON object' },
      { a: '2', b: '1', order: '>' },
    ]);
  });
});

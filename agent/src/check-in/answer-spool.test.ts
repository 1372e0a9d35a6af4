import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { answered, failed } from '../osquery/answer.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openAnswerSpool } from './answer-spool.ts';

const log = createLog(() => {});
const filesIn = (folder: string) => readdirSync(join(folder, 'answers'));

it('keeps answers over restarts until they arrived, whatever they hold', () => {
  const folder = temporaryFolder();
  const batch: [string, ReturnType<typeof answered>][] = [
    ['one:7', answered('[{"a":"caf\u00e9 \u2028 \\n"}]')],
    ['two:7', failed('no such\ntable')],
  ];
  openAnswerSpool({ folder, log }).add(batch);
  const spool = openAnswerSpool({ folder, log });
  const sent = spool.next();
  expect([...sent].map(([name, { file, ...answer }]) => [name, answer])).toEqual(batch);
  expect(spool.next()).toEqual(sent);
  spool.remove(sent);
  expect([spool.isEmpty(), filesIn(folder)]).toEqual([true, []]);
  expect(openAnswerSpool({ folder, log }).isEmpty()).toBe(true);
});

it('lets an answer take the place of an older one to the same query, also after a restart', () => {
  const folder = temporaryFolder();
  const spool = openAnswerSpool({ folder, log });
  spool.add([
    ['one:1', answered('[1]')],
    ['other:1', answered('[0]')],
  ]);
  const sent = spool.next();
  spool.add([['one:2', answered('[2]')]]);
  for (const each of [spool, openAnswerSpool({ folder, log })]) {
    expect([...each.next()].map(([name, { rows }]) => [name, rows])).toEqual([
      ['other:1', '[0]'],
      ['one:2', '[2]'],
    ]);
  }
  spool.remove(sent);
  expect([...spool.next().keys()]).toEqual(['one:2']);
  expect(filesIn(folder)).toHaveLength(1);
});

it('splits what is too large for one call', () => {
  const spool = openAnswerSpool({ folder: temporaryFolder(), log });
  const large = `["${'x'.repeat(10_000_000)}"]`;
  spool.add(['one', 'two', 'three'].map((name) => [name, answered(large)]));
  for (const name of ['one', 'two', 'three']) {
    expect([...spool.next().keys()]).toEqual([name]);
    spool.remove(spool.next());
  }
});

it('is bounded in bytes and in count, and gives up the oldest first', () => {
  const folder = temporaryFolder();
  const said: unknown[] = [];
  const spool = openAnswerSpool(
    { folder, log: createLog((line) => said.push(JSON.parse(line).name)) },
    { callBytes: 1000, bytes: 100, answers: 3 },
  );
  for (const name of ['a', 'b', 'c', 'd']) spool.add([[name, answered('[]')]]);
  expect([...spool.next().keys()]).toEqual(['b', 'c', 'd']);
  spool.add([['e', answered('x'.repeat(98))]]);
  expect([...spool.next().keys()]).toEqual(['d', 'e']);
  expect([said, filesIn(folder).length]).toEqual([['a', 'b', 'c'], 2]);
});

it('sends nothing that is half there, and keeps answers in memory where the disk takes nothing', () => {
  const folder = temporaryFolder();
  const spool = openAnswerSpool({ folder, log });
  spool.add([['one', answered('[1]')]]);
  spool.add([['two', answered('[2]')]]);
  const [first = ''] = filesIn(folder);
  truncateSync(join(folder, 'answers', first), 5);
  writeFileSync(join(folder, 'answers', '000000000009.answers.new'), 'half');
  const next = openAnswerSpool({ folder, log });
  expect([...next.next().keys()]).toEqual(['two']);
  expect(filesIn(folder)).not.toContain('000000000009.answers.new');
  rmSync(join(folder, 'answers'), { recursive: true });
  next.add([['three', answered('[3]')]]);
  expect([...next.next().keys()]).toEqual(['three']);
  expect(existsSync(join(folder, 'answers'))).toBe(false);
  mkdirSync(join(folder, 'answers'));
});

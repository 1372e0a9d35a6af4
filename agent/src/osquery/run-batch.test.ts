import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { createLog } from '../log.ts';
import { processesWith } from '../processes.ts';
import { describeWith } from '../testing/describe-with.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Answer } from './answer.ts';
import { openDenylist } from './denylist.ts';
import { runBatch } from './run-batch.ts';
import { LIMITS, type Limits, shellMark } from './shell.ts';

const ENDLESS = 'select count(*) from (with recursive c(x) as (select 1 union all select x+1 from c) select x from c)';
/** All rows have to be remembered. */
const HUNGRY = `with recursive c(x) as (select 1 union all select x+1 from c where x < 1000)
  select length(group_concat(hex(zeroblob(450000)))) from c`;
const manyRows = (rows: number) =>
  `with recursive c(x) as (select 1 union all select x+1 from c where x < ${rows}) select x, 'some text' as t from c`;

const log = createLog(() => {});

function optionsFor(program: string, limits: Partial<Limits> = {}) {
  const folder = temporaryFolder();
  const denylist = openDenylist({ folder, log });
  return { program, folder, denylist, limits: { ...LIMITS, ...limits }, signal: new AbortController().signal };
}

async function run(program: string, queries: Record<string, string>, limits: Partial<Limits> = {}) {
  return readable(await runBatch(Object.entries(queries), optionsFor(program, limits)));
}

function readable(answers: Map<string, Answer>) {
  return Object.fromEntries(
    [...answers].map(([name, { rows, status, message }]) => [name, status === 0 ? JSON.parse(rows) : message]),
  );
}

function cpuSeconds(pid: number): number {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11).map(Number) ?? [];
  return (user + system) / 100;
}

describeWith('osquery', 'a batch of queries in osquery', (program) => {
  it('gives each query its own answer or its own error', async () => {
    const answers = await run(program, {
      'a one': "select 1 as a, null as n, 'it''s\n.help;\n/\ngo' as s",
      none: 'select 1 as a limit 0',
      'no column': 'select nope\n',
      'no table': 'select *\nfrom\nnosuch -- really',
      syntax: 'select select',
      required: 'select path from file',
      two: 'select 1; select 2',
      open: "select 'a",
      command: '.help',
      trigger: 'create temp trigger a after insert on b begin select 1',
      large: 'select 9007199254740993 as n, char(233) as e, char(8232) as separator',
      last: 'with a as (select 2 as b) select b from a;',
    });
    expect(answers).toEqual({
      'a one': [{ a: '1', n: '', s: "it's\n.help;\n/\ngo" }],
      none: [],
      'no column': 'no such column: nope',
      'no table': 'no such table: nosuch',
      syntax: expect.stringMatching(/syntax error/),
      required: expect.stringMatching(/required column/),
      two: 'more than one statement in a query',
      open: expect.stringMatching(/never closed/),
      command: expect.stringMatching(/starts with SELECT/),
      trigger: expect.stringMatching(/starts with SELECT/),
      large: [{ n: '9007199254740993', e: '\u00e9', separator: '\u2028' }],
      last: [{ b: '2' }],
    });
  });

  it('names the query that takes too long, and answers those before and after it', async () => {
    const answers = await run(
      program,
      { one: 'select 1 as a', endless: ENDLESS, three: 'select 3 as a' },
      // Long enough for osquery to start on a busy machine.
      { seconds: 10 },
    );
    expect(answers).toEqual({
      one: [{ a: '1' }],
      endless: expect.stringMatching(/^this query ended osquery: it took more than 10 seconds; it is denied until 20/),
      three: [{ a: '3' }],
    });
  });

  it('bounds what one query may answer', async () => {
    const answers = await run(
      program,
      { small: manyRows(1000), large: manyRows(100_000), after: 'select 1 as a' },
      { outputBytes: 1024 * 1024 },
    );
    expect(answers.small).toHaveLength(1000);
    expect(answers.large).toMatch(/more than 1 MiB/);
    expect(answers.after).toEqual([{ a: '1' }]);
  });

  it('blames the query on which osquery dies', async () => {
    const options = optionsFor(program);
    const queries = { one: 'select 1 as a', killer: ENDLESS, three: 'select 3 as a' };
    const batch = runBatch(Object.entries(queries), options);
    // Starting takes it a second and a half, so it is in the endless query by then.
    const pid = await vi.waitUntil(
      () => processesWith(shellMark(options.folder)).find((one) => cpuSeconds(one) > 3),
      30_000,
    );
    process.kill(pid, 'SIGSEGV');
    const answers = readable(await batch);
    expect(answers).toEqual({
      one: [{ a: '1' }],
      killer: expect.stringMatching(/^this query ended osquery: it was ended by SIGSEGV; it is denied until 20/),
      three: [{ a: '3' }],
    });
    const again = readable(await runBatch(Object.entries({ ...queries, killer: `${ENDLESS};` }), options));
    expect(again).toEqual({
      one: [{ a: '1' }],
      killer: expect.stringMatching(/^denied after it ended osquery \(it was ended by SIGSEGV\), until 20/),
      three: [{ a: '3' }],
    });
  });

  it('bounds the memory of a query, and denies the one that wants more', async () => {
    const answers = await run(program, { hungry: HUNGRY, after: 'select 1 as a' }, { memoryBytes: 300 * 1024 * 1024 });
    expect(answers).toEqual({
      hungry: expect.stringMatching(/more than 300 MiB of memory; it is denied until/),
      after: [{ a: '1' }],
    });
  });

  it('bounds the time of a batch, and denies nobody for it', async () => {
    const options = optionsFor(program, { batchSeconds: 8 });
    const answers = readable(
      await runBatch(Object.entries({ one: 'select 1 as a', slow: ENDLESS, two: 'select 2' }), options),
    );
    expect(answers).toEqual({
      one: [{ a: '1' }],
      slow: 'not answered: the queries it came with took more than 8 seconds',
      two: 'not answered: the queries it came with took more than 8 seconds',
    });
    expect(options.denylist.reasonFor(`${ENDLESS};`)).toBeNull();
  });
});

it('says that osquery does not start, for every query', async () => {
  const queries = { one: 'select 1', two: 'select 2' };
  const missing = await run('/nowhere/osqueryd', queries);
  expect(missing).toEqual({
    one: expect.stringMatching(/does not start: osquery cannot be started/),
    two: expect.stringMatching(/does not start/),
  });
  expect(await run('/bin/false', queries)).toMatchObject({ one: expect.stringMatching(/exit code 1/) });
});

import { AGENT_PROTOCOL, agentRoutes, CheckInAnswer } from '@flotilla/contract/agent';
import { orbitRoutes } from '@flotilla/contract/orbit';
import Value from 'typebox/value';
import { expect, it } from 'vitest';
import { CA_PATH, PING_PATH } from '../server/ca-bundle.ts';
import { ENROL_PATH } from '../server/enrol.ts';
import { STREAM_PATH } from '../server/follow-stream.ts';
import { packagePath } from '../tasks/download-package.ts';
import { CHECK_IN_PATH, PROTOCOL } from './call.ts';
import { readCheckInAnswer } from './read-check-in-answer.ts';

const ref = { id: '0b9f3a52-3a7e-4c3c-9d61-0e4a6d0f8a11', attempt: 1 };
const answer = {
  protocol: 1,
  sequence: 7,
  queries: { one: 'select 1' },
  has_more: false,
  offers: [ref],
  run: [
    {
      ...ref,
      kind: 'install',
      package: { sha256: 'a'.repeat(64), size: 3, file_name: 'a.deb' },
      pre_install_query: null,
      scripts: { main: 'true', post_install: null, rollback: 'true' },
      environment: { NAME: 'a' },
      time_limit_seconds: 60,
      most_output_bytes: 1024,
    },
  ],
  drop: [ref],
  settled: [],
  cancel: [],
  stopped: false,
  poll_seconds: 30,
  ca_sha256: 'b'.repeat(64),
};

/** All that differs from a value in one place: a field left out, or something else in its place. */
function* variants(value: unknown): Generator<unknown> {
  for (const other of [null, true, 0, -1, 1.5, 2_000_000, '', 'x', 'install', [], [1], {}, { x: 1 }]) yield other;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const changed of variants(item)) yield value.with(index, changed);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const changed of variants(field)) yield { ...value, [name]: changed };
    }
  }
}

it('takes what the contract takes and nothing else', () => {
  expect(readCheckInAnswer(answer)).toBe(answer);
  expect(readCheckInAnswer({ ...answer, of_a_later_version: 1 })).not.toBeNull();
  let taken = 0;
  let refused = 0;
  for (const variant of variants(answer)) {
    if (typeof variant !== 'object' || variant === null || Array.isArray(variant)) continue;
    const isTaken = readCheckInAnswer(variant as Record<string, unknown>) !== null;
    expect(isTaken, JSON.stringify(variant)).toBe(Value.Check(CheckInAnswer, variant));
    if (isTaken) taken += 1;
    else refused += 1;
  }
  expect([taken > 20, refused > 300]).toEqual([true, true]);
});

it('speaks the protocol and the addresses of the contract', () => {
  expect(PROTOCOL).toBe(AGENT_PROTOCOL);
  expect(CHECK_IN_PATH).toBe(agentRoutes.checkIn.path);
  expect(STREAM_PATH).toBe(agentRoutes.stream.path);
  expect(packagePath('x')).toBe(agentRoutes.package.path.replace(':sha256', 'x'));
  expect(ENROL_PATH).toBe(orbitRoutes.enroll.path);
  expect(CA_PATH).toBe(agentRoutes.ca.path);
  expect(PING_PATH).toBe(orbitRoutes.ping.path);
});

import { contextOf } from '@flotilla/engine/distributions/context';
import { type HeldSecret, holdEnrolSecret, useEnrolSecret } from '../fleets/index.ts';
import { cleanText } from '../kernel/clean-text.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { LimitError } from '../kernel/errors.ts';
import type { Row } from '../kernel/host-queries.ts';
import { peerOf, takeTry } from '../kernel/limit-tries.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { type HostFacts, osText } from './host.ts';
import { chooseRecord, hardwareUuid, usableSerial } from './identity.ts';
import * as enrolment from './queries/enrolment.ts';

export interface Enrolment {
  /** What enrols: each kind has a key of its own, and a host may have both. */
  kind: 'osquery' | 'agent';
  secret: string;
  /** What the host calls itself for good: one record an identifier. */
  identifier: string;
  address: string;
  details: Record<string, Row>;
}

export type Enrolled = { hostId: number; nodeKey: string } | Refusal;

/** 401: with this secret never. 429: not now. */
export interface Refusal {
  refused: string;
  status: 401 | 429;
}

/** Wrong secrets from one address, before all of it has to wait. Many hosts may share an address. */
const WRONG_SECRETS = { tries: 300, seconds: 60 };

/**
 * Takes a host in, or back in: the record of its identity is kept, and its earlier key of this kind ends.
 * The only use case an unknown caller may run: the enrol secret is its proof.
 * @returns the key the host authenticates with from now on, or why it gets none
 */
export async function enrolHost(ctx: Context, given: Enrolment): Promise<Enrolled> {
  const peer = peerOf(given.address);
  if (isWaiting(ctx, peer)) return TOO_MANY;
  const nodeKey = newToken();
  const facts = readFacts(given);
  const enrolled = await inTransaction(ctx, (tx) => enrol(ctx, tx, { given, facts, nodeKey }));
  if (enrolled === 'wrong secret') return countWrong(ctx, peer);
  if (enrolled === 'no quota') return { refused: 'as many hosts have enrolled with this secret as may', status: 401 };
  // Whoever knows the host by its earlier key must forget it now.
  ctx.nudges.send([enrolled]);
  ctx.log.info({ hostId: enrolled, identifier: facts.identifier }, 'host enrolled');
  return { hostId: enrolled, nodeKey };
}

interface Enrolling {
  given: Enrolment;
  facts: HostFacts;
  nodeKey: string;
}

async function enrol(
  ctx: Context,
  tx: Tx,
  { given, facts, nodeKey }: Enrolling,
): Promise<number | 'wrong secret' | 'no quota'> {
  const secret = await holdEnrolSecret(tx, given.secret);
  if (!secret) return 'wrong secret';
  const { kind } = given;
  // Osquery and the agent of a new host enrol at the same time.
  if (facts.hardwareUuid) await enrolment.lockHardware(tx, facts.hardwareUuid);
  const record = chooseRecord(await enrolment.findRecords(tx, facts, kind), facts);
  if ((!record || record.isDeleted) && !(await useEnrolSecret(tx, secret))) return 'no quota';
  const hostId = await writeRecord(ctx, tx, { facts, record: record ?? null, secret, os: given.details.os_version });
  await enrolment.giveKey(tx, {
    hash: hashToken(nodeKey),
    hostId,
    kind,
    identifier: facts.identifier,
    at: ctx.clock(),
    address: given.address,
  });
  return hostId;
}

interface Writing {
  facts: HostFacts;
  record: enrolment.KnownRecord | null;
  secret: HeldSecret;
  os: Row | undefined;
}

async function writeRecord(ctx: Context, tx: Tx, { facts, record, secret, os }: Writing): Promise<number> {
  const row = cleanRow(os);
  // An agent does not know the release; the first answer of its osquery tells.
  const contextId = row.version === undefined ? null : await enrolment.resolveContext(tx, contextOf(row));
  const host = { ...facts, contextId, fleetId: secret.fleetId, at: ctx.clock() };
  return record ? enrolment.updateRecord(tx, record, host) : enrolment.insertRecord(tx, host);
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function readFacts({ identifier, details }: Enrolment): HostFacts {
  const system = cleanRow(details.system_info);
  const os = cleanRow(details.os_version);
  const hostname = system.hostname ?? '';
  return {
    identifier: cleanText(identifier),
    // Without SMBIOS osquery makes up another uuid for each of its databases: the identifier is the steady one.
    uuid: UUID.test(identifier) ? identifier : (system.uuid ?? ''),
    hardwareUuid: hardwareUuid(system.uuid),
    serial: usableSerial(system.hardware_serial),
    hostname,
    computerName: system.computer_name ?? '',
    displayName: system.computer_name || hostname,
    platform: os.platform ?? '',
    osVersion: osText(os),
  };
}

function cleanRow(row: Row | undefined): Row {
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, cleanText(String(value))]));
}

const TOO_MANY: Refusal = {
  refused: 'too many wrong enrol secrets came from this address: try again later',
  status: 429,
};
/** Addresses that have to wait, and until when: so that the many enrolments with a right secret cost no count. */
const waiting = new WeakMap<Context['config'], Map<string, number>>();

const waitingOf = ({ config }: Context): Map<string, number> => {
  const known = waiting.get(config) ?? new Map<string, number>();
  waiting.set(config, known);
  return known;
};

function isWaiting(ctx: Context, peer: string): boolean {
  const until = waitingOf(ctx).get(peer);
  if (until === undefined) return false;
  if (ctx.clock().getTime() < until) return true;
  waitingOf(ctx).delete(peer);
  return false;
}

async function countWrong(ctx: Context, peer: string): Promise<Refusal> {
  try {
    await takeTry(ctx, `enrol peer ${peer}`, WRONG_SECRETS);
    return { refused: 'the enrol secret is wrong', status: 401 };
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    waitingOf(ctx).set(peer, ctx.clock().getTime() + error.retryAfterSeconds * 1000);
    return TOO_MANY;
  }
}

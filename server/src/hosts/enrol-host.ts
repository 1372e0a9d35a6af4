import { checkEnrolSecret } from '../fleets/index.ts';
import { cleanText } from '../kernel/clean-text.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import type { Row } from '../kernel/host-queries.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { contextOf } from './context.ts';
import { type HostFacts, osText } from './host.ts';
import { insertKey, resolveContext, revokeKeys, upsertEnrolledHost, writeSeen } from './queries/enrolment.ts';

export interface Enrolment {
  /** What enrols: each kind has a key of its own, and a host may have both. */
  kind: 'osquery' | 'agent';
  secret: string;
  /** What the host calls itself for good: one record an identifier. */
  identifier: string;
  address: string;
  details: Record<string, Row>;
}

/**
 * Takes a host in, or back in: the record of its identifier is kept and its earlier key of this kind ends.
 * The only use case an unknown caller may run: the enrol secret is its proof.
 * @returns the key the host authenticates with from now on; null when the secret is wrong
 */
export async function enrolHost(
  ctx: Context,
  enrolment: Enrolment,
): Promise<{ hostId: number; nodeKey: string } | null> {
  const secret = await checkEnrolSecret(ctx, enrolment.secret);
  if (!secret) return null;
  const nodeKey = newToken();
  const facts = readFacts(enrolment);
  const hostId = await inTransaction(ctx, async (tx) => {
    const os = cleanRow(enrolment.details.os_version);
    // An agent does not know the release; the first answer of its osquery tells.
    const contextId = os.version === undefined ? null : await resolveContext(tx, contextOf(os));
    const host = await upsertEnrolledHost(tx, { ...facts, contextId, fleetId: secret.fleetId, at: ctx.clock() });
    const { kind } = enrolment;
    await revokeKeys(tx, host.id, { kind, at: ctx.clock() });
    await insertKey(tx, { key_hash: hashToken(nodeKey), host_id: host.id, kind, created_at: ctx.clock() });
    await writeSeen(tx, [{ hostId: host.id, seenAt: ctx.clock(), address: enrolment.address }]);
    return host.id;
  });
  // Whoever knows the host by its earlier key must forget it now.
  ctx.nudges.send([hostId]);
  ctx.log.info({ hostId, identifier: facts.identifier }, 'host enrolled');
  return { hostId, nodeKey };
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
    serial: system.hardware_serial ?? '',
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

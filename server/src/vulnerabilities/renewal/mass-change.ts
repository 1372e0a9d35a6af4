import { judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Tx } from '../../kernel/db/database.ts';
import { toFinding } from '../finding.ts';
import * as judging from '../queries/judging.ts';
import * as suspects from '../queries/suspects.ts';

/** Data that arrived whole and that a person has to look at before they are used; the message is the reason, in words. */
export class HeldError extends Error {}

const LARGEST_CLOSED_SHARE = 0.25;
const LARGEST_OPENED_TIMES = 10;
/** So many may change at once: shares of small numbers say little. */
const CHANGED_AT_ONCE = 20;
/** Of more software that is concerned, so many tell how it is with all. */
const SAMPLE = 2_000;
const BATCH = 500;

/**
 * Holds statements just written that would close a large share of a feed's findings, or open many times as many: damaged
 * ranges pass every guard that only counts records. A first load has nothing to compare with.
 * @throws HeldError
 */
export async function holdMassChange(tx: Tx, feed: string): Promise<void> {
  const all = await suspects.countFindings(tx, feed);
  if (all === 0) return;
  const { ids, total } = await suspects.sample(tx, SAMPLE);
  let closed = 0;
  let opened = 0;
  for (let start = 0; start < ids.length; start += BATCH) {
    const change = await changeOf(tx, feed, ids.slice(start, start + BATCH));
    closed += change.closed;
    opened += change.opened;
  }
  const share = ids.length === 0 ? 0 : total / ids.length;
  const closing = Math.round(closed * share);
  const opening = Math.round(opened * share);
  if (closing > CHANGED_AT_ONCE && closing > all * LARGEST_CLOSED_SHARE) {
    throw new HeldError(`it would close ${closing} of the ${all} findings that rest on it`);
  }
  if (opening > CHANGED_AT_ONCE && opening > all * LARGEST_OPENED_TIMES) {
    throw new HeldError(`it would open ${opening} findings, where ${all} rest on it`);
  }
}

/** Findings of some software that count, judged by what is said now, against those stored. */
async function changeOf(tx: Tx, feed: string, softwareIds: number[]): Promise<{ closed: number; opened: number }> {
  const stored = await suspects.readActiveFindings(tx, softwareIds);
  const before = new Set(stored.map((one) => name(one.software_id, one.vulnerability)));
  const software = await judging.readIdentities(tx, softwareIds);
  const index = await judging.readIndex(tx, [...new Set(software.flatMap(lookupKeysOf))]);
  const after = new Set<string>();
  let opened = 0;
  for (const one of software) {
    for (const verdict of judgeSoftware(one, index).verdicts) {
      if (!toFinding(one.id, 0, verdict)?.isActive) continue;
      after.add(name(one.id, verdict.vulnerability));
      if (verdict.evidence.feed === feed && !before.has(name(one.id, verdict.vulnerability))) opened++;
    }
  }
  const closed = stored.filter((one) => one.feed === feed && !after.has(name(one.software_id, one.vulnerability)));
  return { closed: closed.length, opened };
}

const name = (softwareId: number, vulnerability: string) => `${softwareId} ${vulnerability}`;

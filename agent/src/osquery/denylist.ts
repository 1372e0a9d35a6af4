import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { writeWhole } from '../write-whole.ts';

/** Queries that ended their osquery: they are not run again for a day, also not by the next agent. */
export interface Denylist {
  /** Why a statement is not run now; null when it may. */
  reasonFor(statement: string): string | null;
  /** @returns until when */
  deny(statement: string, reason: string): Date;
}

const DAY_MS = 86_400_000;
/** The oldest go first. */
const MOST = 500;
const LONGEST_REASON = 500;

interface Denied {
  hash: string;
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Opens the list of an agent's folder. */
export function openDenylist({
  folder,
  log,
  now = Date.now,
}: {
  folder: string;
  log: Log;
  now?: () => number;
}): Denylist {
  const file = join(folder, 'denied-queries');
  // A clock that was set back by years must not deny a query for years.
  const isOver = ({ at }: Denied) => Math.abs(now() - at) >= DAY_MS;
  let denied = read(file);
  return {
    reasonFor(statement) {
      const hash = hashOf(statement);
      const found = denied.find((one) => one.hash === hash && !isOver(one));
      if (!found) return null;
      return `denied after it ended osquery (${found.reason}), until ${new Date(found.at + DAY_MS).toISOString()}`;
    },
    deny(statement, reason) {
      const one = { hash: hashOf(statement), reason: reason.slice(0, LONGEST_REASON), at: now() };
      denied = [...denied.filter((other) => other.hash !== one.hash && !isOver(other)), one].slice(-MOST);
      try {
        writeWhole(file, JSON.stringify(denied));
      } catch (error) {
        log.error('the list of denied queries cannot be written', { reason: (error as Error).message });
      }
      return new Date(one.at + DAY_MS);
    },
  };
}

const hashOf = (statement: string) => createHash('sha256').update(statement).digest('hex');

/** What an earlier agent denied; nothing when the file is missing or damaged. */
function read(file: string): Denied[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(kept) ? kept.filter(isDenied) : [];
  } catch {
    return [];
  }
}

const isDenied = (one: Denied | null): one is Denied =>
  typeof one?.hash === 'string' && typeof one.reason === 'string' && Number.isFinite(one.at);

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Context } from '../context.ts';
import type { ConnectionSettings } from '../db/connect.ts';
import type { Loop } from '../domain.ts';
import type { Signal, SignalledHosts } from '../nudge.ts';
import { type Repeating, repeat } from '../repeat.ts';
import { beat, CHANNEL, leave, leaveWord, readWords } from './queries.ts';

const BEAT = 2_000;
/** When no notification gets through, for example behind a pooler of transactions. */
const POLL = 1_000;
/** Nudges of this long travel together: a notification takes a lock of the whole database for a moment. */
const GATHER = 50;

/**
 * Carries nudges between the server processes of one database, so that an agent hears of a task whichever process took the request.
 * A process that is alone writes nothing but its beat.
 */
export function relayNudges(ctx: Context, connection: ConnectionSettings): Loop {
  const processId = randomUUID();
  let hasOthers = false;
  const outbox = createOutbox(ctx, processId);
  const inbox = createInbox(ctx, processId);
  const beating = repeat(BEAT, async () => {
    try {
      hasOthers = await beat(ctx.db, processId);
    } catch (error) {
      ctx.log.warn({ err: error }, 'the beat of this process was not written');
    }
  });
  beating.now();
  const reading = repeat(POLL, async () => {
    if (hasOthers) await inbox.read();
  });
  const listening = listen(ctx, connection, reading);
  ctx.nudges.relayBy((hosts, signal) => {
    if (hasOthers) outbox.add(hosts, signal);
  });
  return {
    async stop() {
      ctx.nudges.relayBy(() => undefined);
      await Promise.all([beating.stop(), reading.stop(), listening.stop(), outbox.stop()]);
      await leave(ctx.db, processId).catch(() => undefined);
    },
  };
}

function createOutbox(ctx: Context, processId: string) {
  const waiting = new Map<Signal, Set<number> | 'all'>();
  let timer: NodeJS.Timeout | null = null;
  let sending = Promise.resolve();
  const flush = async () => {
    timer = null;
    const words = [...waiting];
    waiting.clear();
    for (const [signal, hosts] of words) {
      try {
        await leaveWord(ctx.db, processId, { signal, hosts: hosts === 'all' ? 'all' : [...hosts] });
      } catch (error) {
        ctx.log.warn({ err: error, signal }, 'other processes were not told: their polls will find it');
      }
    }
  };
  return {
    add(hosts: SignalledHosts, signal: Signal) {
      const known = waiting.get(signal);
      if (hosts === 'all' || known === 'all') waiting.set(signal, 'all');
      else waiting.set(signal, new Set([...(known ?? []), ...hosts]));
      timer ??= setTimeout(() => {
        sending = sending.then(flush);
      }, GATHER);
    },
    async stop() {
      if (timer) clearTimeout(timer);
      await sending.then(flush);
    },
  };
}

function createInbox(ctx: Context, processId: string) {
  let from: string | null = null;
  let known = new Set<number>();
  return {
    async read() {
      try {
        // The first time there is nothing to hear: what happened before is read from the tables themselves.
        const { words, next } = await readWords(ctx.db, processId, from ?? '0');
        if (from !== null) {
          for (const word of words) if (!known.has(word.id)) ctx.nudges.deliver(word.host_ids ?? 'all', word.signal);
        }
        known = new Set(words.map((word) => word.id));
        from = next;
      } catch (error) {
        ctx.log.warn({ err: error }, 'what other processes said was not read');
      }
    },
  };
}

/** A connection of its own that hears notifications; without it the poll finds the same a second later. */
function listen(ctx: Context, connection: ConnectionSettings, reading: Repeating): Loop {
  let client: pg.Client | null = null;
  const connecting = repeat(BEAT, async () => {
    if (client) return;
    const fresh = new pg.Client({ ...connection, application_name: 'flotilla listener' });
    const lost = () => {
      if (client === fresh) client = null;
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    fresh.on('notification', () => reading.now());
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
    } catch (error) {
      ctx.log.warn({ err: error }, 'no notifications of other processes');
      await fresh.end().catch(() => undefined);
    }
  });
  connecting.now();
  return {
    async stop() {
      await connecting.stop();
      await client?.end().catch(() => undefined);
    },
  };
}

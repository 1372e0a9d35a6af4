import type { LiveKind } from '@flotilla/contract/live';
import type { FastifyReply } from 'fastify';
import type { Context } from './kernel/context.ts';
import { AppError } from './kernel/errors.ts';
import { readWrites } from './queries/live.ts';

/** The tables behind each kind: when one of them is written, what is shown of the kind may have moved. */
const TABLES: Record<LiveKind, readonly string[]> = {
  hosts: ['hosts.host', 'hosts.host_detail', 'hosts.label_member'],
  software: ['inventory.title_fleet', 'inventory.version_fleet'],
  vulnerabilities: ['vulnerabilities.vulnerability_fleet', 'vulnerabilities.finding'],
  tasks: ['installation.task', 'updates.rollout', 'updates.rollout_host'],
  policies: ['policies.policy', 'policies.policy_result'],
  activities: ['activity.activity'],
};
const KINDS = Object.keys(TABLES) as LiveKind[];
const ALL_TABLES = Object.values(TABLES).flat();

const EVERY = 1_000;
const HEARTBEAT = 25_000;
const MOST_STREAMS = 1_000;
/** Written before a stream is cut off: a browser that does not read must not fill our memory. */
const MOST_UNREAD_BYTES = 16 * 1024;

interface Stream {
  raw: FastifyReply['raw'];
  /** What their permissions let them see. */
  kinds: readonly LiveKind[];
  isStillSignedIn: () => Promise<boolean>;
}

/** The open streams of browsers. They hear that something moved, never what: for that they ask, within what they may read. */
export interface LiveStreams {
  /** @throws AppError `unavailable` when there are too many */
  open(reply: FastifyReply, reader: Omit<Stream, 'raw'>): void;
  stop(): void;
}

export function createLiveStreams(ctx: Context): LiveStreams {
  const streams = new Set<Stream>();
  let timers: NodeJS.Timeout[] = [];
  const stopTimers = () => {
    for (const timer of timers.splice(0)) clearInterval(timer);
  };
  /** Nobody looks while nobody listens. */
  const start = () => {
    if (timers.length > 0) return;
    const look = followWrites(ctx, (moved) => {
      for (const stream of streams) tell(stream, moved);
    });
    timers = [setInterval(look, EVERY), setInterval(() => void beat(ctx, streams), HEARTBEAT)];
  };
  return {
    open(reply, reader) {
      if (streams.size >= MOST_STREAMS) {
        throw new AppError('unavailable', {
          name: 'base',
          reason: `${MOST_STREAMS} consoles are live on this server already: ask for what you need instead`,
        });
      }
      const { raw } = reply.hijack();
      const stream = { raw, ...reader };
      streams.add(stream);
      raw.once('close', () => {
        streams.delete(stream);
        if (streams.size === 0) stopTimers();
      });
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      write(raw, ':\n\n');
      start();
    },
    stop() {
      stopTimers();
      for (const { raw } of streams) raw.destroy();
    },
  };
}

/** Looks what was written since the last look, one look at a time. */
function followWrites(ctx: Context, tell: (moved: LiveKind[]) => void): () => void {
  let before: Map<string, string> | undefined;
  let isLooking = false;
  const look = async () => {
    const now = await readWrites(ctx.db, ALL_TABLES);
    const last = before;
    before = now;
    if (!last) return;
    const moved = KINDS.filter((kind) => TABLES[kind].some((table) => now.get(table) !== last.get(table)));
    if (moved.length > 0) tell(moved);
  };
  return () => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'what moved could not be read'))
      .finally(() => {
        isLooking = false;
      });
  };
}

function tell({ raw, kinds }: Stream, moved: readonly LiveKind[]): void {
  const seen = moved.filter((kind) => kinds.includes(kind));
  if (seen.length > 0) write(raw, `event: moved\ndata: ${seen.join(',')}\n\n`);
}

/** Keeps proxies from closing what is quiet, and ends what belongs to no session any more. */
async function beat(ctx: Context, streams: ReadonlySet<Stream>): Promise<void> {
  for (const { raw, isStillSignedIn } of [...streams]) {
    const isIn = await isStillSignedIn().catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'a session could not be looked at');
      return true;
    });
    if (isIn) write(raw, ':\n\n');
    else raw.end();
  }
}

function write(raw: FastifyReply['raw'], text: string): void {
  if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
  else raw.write(text);
}

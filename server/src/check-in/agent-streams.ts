import type { FastifyReply } from 'fastify';
import type { Context } from '../kernel/context.ts';
import type { Signal, SignalledHosts } from '../kernel/nudge.ts';

/** The open streams of agents: what says at once that there is something to fetch, and nothing else. */
export interface AgentStreams {
  /** Keeps the reply open as the stream of a host; a host has one. */
  open(hostId: number, reply: FastifyReply): void;
  isOpen(hostId: number): boolean;
  stop(): void;
}

const HEARTBEAT = 50_000;
/** Written before it is cut off: an agent that does not read must not fill our memory. */
const MOST_UNREAD_BYTES = 64 * 1024;

export function createAgentStreams(ctx: Context): AgentStreams {
  const streams = new Map<number, FastifyReply['raw']>();
  const write = (raw: FastifyReply['raw'], text: string) => {
    if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
    else raw.write(text);
  };
  ctx.nudges.listen((hosts: SignalledHosts, signal: Signal) => {
    const text = `event: ${signal}\ndata:\n\n`;
    if (hosts === 'all') for (const raw of streams.values()) write(raw, text);
    else {
      for (const hostId of hosts) {
        const raw = streams.get(hostId);
        if (raw) write(raw, text);
      }
    }
  });
  const heartbeat = setInterval(() => {
    for (const raw of streams.values()) write(raw, ':\n\n');
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    open(hostId, reply) {
      const { raw } = reply.hijack();
      streams.get(hostId)?.destroy();
      streams.set(hostId, raw);
      raw.once('close', () => {
        if (streams.get(hostId) === raw) streams.delete(hostId);
      });
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      // What happened before it was open is not said again.
      write(raw, 'event: nudge\ndata:\n\n');
    },
    isOpen: (hostId) => streams.has(hostId),
    stop() {
      clearInterval(heartbeat);
      for (const raw of streams.values()) raw.destroy();
    },
  };
}

import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';

export interface ServerCall {
  method: 'GET' | 'HEAD' | 'POST';
  /** Below the server's address, which may itself have a path. */
  path: string;
  nodeKey?: string;
  /** JSON, in pieces that are sent one after the other. */
  body?: string[];
  signal: AbortSignal;
  /** A connection of its own, for an answer that never ends. */
  isStream?: boolean;
}

/** The way to the one server of this host. */
export interface ServerLink {
  server: URL;
  /** @throws Error when there is no answer; see `explainFailure` */
  send(call: ServerCall): Promise<IncomingMessage>;
  close(): void;
}

/** A server that says nothing for this long is taken for gone. */
const SILENCE_MS = 60_000;

/**
 * Trusts the given CA alone: not the system's, and not what the environment says. Nothing is sent before the server has
 * proved that it is the one. The file is read for each call, so a renewed CA is taken without a restart.
 */
export function createServerLink({ server, caFile }: { server: URL; caFile: string }): ServerLink {
  // Longer than a usual pause between two calls, so that an idle host keeps its connection.
  const agent = new Agent({ keepAlive: true, maxSockets: 4, maxFreeSockets: 1 });
  const base = server.pathname.replace(/\/+$/, '');
  const options = (call: ServerCall): RequestOptions => ({
    method: call.method,
    agent: call.isStream ? false : agent,
    ca: readFileSync(caFile, 'utf8'),
    rejectUnauthorized: true,
    // A certificate that people brought may be pinned itself, without the one that signed it.
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2',
    signal: call.signal,
    headers: {
      ...(call.nodeKey !== undefined && { authorization: `NodeKey ${call.nodeKey}` }),
      ...(call.body && {
        'content-type': 'application/json',
        'content-length': call.body.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
      }),
    },
  });
  const attempt = (call: ServerCall, mayRepeat: boolean): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const outgoing = request(new URL(base + call.path, server), options(call), resolve);
      outgoing.setTimeout(call.isStream ? 0 : SILENCE_MS, () => outgoing.destroy(new Error('it does not answer')));
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed a kept connection at the moment we used it.
        const isStale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (mayRepeat && isStale) attempt(call, false).then(resolve, reject);
        else reject(error);
      });
      for (const piece of call.body ?? []) outgoing.write(piece);
      outgoing.end();
    });
  return { server, send: (call) => attempt(call, true), close: () => agent.destroy() };
}

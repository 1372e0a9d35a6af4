import { createGunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { parseOsqueryBody } from './osquery-body.ts';

/** The largest body an agent may send, before and after decompression: some hundred times a usual inventory. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** A body over the limit is still read up to here: a connection cut in mid-body makes osquery send it all again. */
const MOST_DISCARDED = 1024 * 1024 * 1024;

/** Bytes of all bodies being read at this moment; above it agents are told to come back. */
const MOST_IN_FLIGHT = 512 * 1024 * 1024;
let inFlight = 0;

/** Why a body cannot be taken, now or when it is sent again. */
export interface RefusedBody {
  status: 400 | 413;
  kind: 'too large' | 'not readable';
  detail: string;
}

export type AgentBody = { json: Record<string, unknown> } | { refused: RefusedBody };

const tooLarge: RefusedBody = { status: 413, kind: 'too large', detail: `a body over ${MOST_BYTES / 1024 / 1024} MiB` };
const notReadable = (detail: string): RefusedBody => ({ status: 400, kind: 'not readable', detail });

/** Reads bodies of Flotilla's agent and of Fleet's. */
export const readAgentBody = bodyReader((bytes) => JSON.parse(bytes.toString('utf8')));

/** Reads bodies of plain osquery. */
export const readOsqueryBody = bodyReader(parseOsqueryBody);

type BodyReader = (request: FastifyRequest, stream: NodeJS.ReadableStream) => Promise<AgentBody>;

function bodyReader(parse: (bytes: Buffer) => unknown): BodyReader {
  return async (request, stream) => {
    const bytes = await readBytes(request, stream);
    return Buffer.isBuffer(bytes) ? understand(bytes, parse) : { refused: bytes };
  };
}

/**
 * Reads a body whole, within bounds. Bytes that are not UTF-8 become U+FFFD: one bad name must not cost an inventory.
 * Never throws for what a body contains.
 * @throws Error when too many large ones come at once
 */
async function readBytes(request: FastifyRequest, stream: NodeJS.ReadableStream): Promise<Buffer | RefusedBody> {
  const zipped = request.headers['content-encoding'] === 'gzip';
  const source = zipped ? stream.pipe(createGunzip()) : stream;
  const chunks: Buffer[] = [];
  let size = 0;
  let kept = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > (zipped ? MOST_BYTES : MOST_DISCARDED)) break;
      // Of a body that is too large nothing is kept, and a zipped bomb is not unpacked to its end.
      if (size > MOST_BYTES) continue;
      if (inFlight + chunk.length > MOST_IN_FLIGHT) throw new TooBusy();
      kept += chunk.length;
      inFlight += chunk.length;
      chunks.push(chunk);
    }
    return size > MOST_BYTES ? tooLarge : Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof TooBusy) throw error;
    return notReadable((error as Error).message);
  } finally {
    inFlight -= kept;
  }
}

/** Too many large bodies at once: a temporary failure. */
class TooBusy extends Error {}

function understand(bytes: Buffer, parse: (bytes: Buffer) => unknown): AgentBody {
  try {
    const json = parse(bytes);
    if (typeof json === 'object' && json !== null && !Array.isArray(json))
      return { json: json as Record<string, unknown> };
    return { refused: notReadable('not a JSON object') };
  } catch {
    return { refused: notReadable('not JSON') };
  }
}

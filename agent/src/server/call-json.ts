import type { IncomingMessage } from 'node:http';
import type { ServerCall, ServerLink } from './server-link.ts';

export type JsonObject = Record<string, unknown>;
/** `json` is null when the answer is not a JSON object. */
export interface JsonAnswer {
  status: number;
  /** How long the server asks to be left alone; null when it does not. */
  retryAfterMs: number | null;
  json: JsonObject | null;
}

/** Queries and scripts of many tasks fit; whatever is larger is no answer of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * One call and its whole answer.
 * @throws Error when there is none
 */
export async function callJson(link: ServerLink, call: ServerCall): Promise<JsonAnswer> {
  const response = await link.send(call);
  const text = await readText(response);
  const { statusCode = 0, headers } = response;
  return { status: statusCode, retryAfterMs: readRetryAfter(headers['retry-after']), json: parseObject(text) };
}

/** Seconds, or a date in HTTP's form. */
export function readRetryAfter(text = '', now = Date.now()): number | null {
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms > 0 ? ms : null;
}

/** @throws Error when it is cut, or too long */
export async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`it answers with more than ${MOST_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): JsonObject | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : null;
  } catch {
    return null;
  }
}

import { interceptors, Pool } from 'undici';

/** Kept-alive connections to one server. */
export interface Wire {
  /** @returns the body of the answer, parsed; null when it is empty */
  send(request: { method: 'GET' | 'POST'; path: string; body?: string; token?: string }): Promise<Reply>;
  close(): Promise<void>;
}

export interface Reply {
  status: number;
  json: unknown;
  bytes: number;
}

/** The server closes a connection that rested, and we may ask on it at that very moment: ask again. */
const askAgain = interceptors.retry({
  methods: ['GET', 'POST'],
  errorCodes: ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'],
  statusCodes: [],
  maxRetries: 3,
});

export function createWire(origin: string, connections: number): Wire {
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 });
  const asking = pool.compose(askAgain);
  return {
    async send({ method, path, body, token }) {
      const { statusCode, body: answer } = await asking.request({
        method,
        path,
        body: body ?? null,
        headers: {
          accept: 'application/json',
          'user-agent': 'osquery/5.23.1',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
      });
      const text = await answer.text();
      return { status: statusCode, json: parse(text), bytes: Buffer.byteLength(text) };
    },
    close: () => pool.close(),
  };
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

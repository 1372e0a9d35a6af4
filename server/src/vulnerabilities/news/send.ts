import { lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressGuard } from '../../kernel/outgoing/address-guard.ts';

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 4_194_304;

/** The addresses are judged as they are connected to, so that a name cannot mean another one meanwhile. */
const checkedLookup =
  (guard: AddressGuard): LookupFunction =>
  (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const reason = addresses.map(({ address }) => guard(address)).find((each) => each !== null);
      if (reason) return done(new Error(reason), []);
      const [first] = addresses;
      if (options.all || !first) return done(null, addresses);
      done(null, first.address, first.family);
    });

export interface Message {
  url: string;
  headers: Record<string, string>;
  /** Posted; null: only asked for. */
  body: string | null;
}

export interface Sent {
  status: number;
  text: string;
}

/**
 * Sends to an address that an administrator gave. Redirects are not followed: they are an answer like any other.
 * @throws Error with a reason for people where nothing answered in ten seconds, or the address is refused
 */
export function send({ url, headers, body }: Message, guard: AddressGuard): Promise<Sent> {
  const target = new URL(url);
  const address = target.hostname.replace(/^\[|\]$/g, '');
  const refusal = isIP(address) ? guard(address) : null;
  if (refusal) return Promise.reject(new Error(refusal));
  const request = target.protocol === 'https:' ? requestOverTls : requestPlain;
  const options = {
    method: body === null ? 'GET' : 'POST',
    headers: {
      ...(body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
    lookup: checkedLookup(guard),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    agent: false,
  } as const;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(error.name === 'AbortError' ? new Error(`no answer in ${TIMEOUT_MS / 1000} seconds`) : error);
    const sent = request(target, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
        if (text.length > MOST_ANSWER_BYTES) answer.destroy(new Error('the answer is too large'));
      });
      answer.on('error', fail);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', fail);
    sent.end(body ?? undefined);
  });
}

import { lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 65_536;

const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
// Where clouds tell a machine its credentials over IPv6.
refused.addAddress('fd00:ec2::254', 'ipv6');

const isRefused = (address: string) => refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
const REASON = 'the address is link-local or a metadata service: such are refused';

/** The addresses are judged as they are connected to, so that a name cannot mean another one meanwhile. */
const checkedLookup: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (addresses.some(({ address }) => isRefused(address))) return done(new Error(REASON), []);
    const [first] = addresses;
    if (options.all || !first) return done(null, addresses);
    done(null, first.address, first.family);
  });

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Sent {
  status: number;
  text: string;
}

/**
 * Posts to an address that an administrator gave. Redirects are not followed: they are an answer like any other.
 * @throws Error with a reason for people where nothing answered in ten seconds, or the address is refused
 */
export function send({ url, headers, body }: Message): Promise<Sent> {
  const target = new URL(url);
  const address = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) && isRefused(address)) return Promise.reject(new Error(REASON));
  const request = target.protocol === 'https:' ? requestOverTls : requestPlain;
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    lookup: checkedLookup,
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
    sent.end(body);
  });
}

import type { Affecting, Receiver } from './receiver.ts';
import { isSuccess } from './receiver.ts';
import { signatureHeaders } from './sign.ts';

export interface WebhookSettings {
  destination_url: string;
  /** Hosts in one body; 0: as many as fit. */
  host_batch_size: number;
  /** Signs what is sent; without one it is not signed. */
  secret?: string;
}

/** Of the hosts in one body; more go into another one. */
const MOST_BYTES = 1_000_000;

/** The contract's webhook for vulnerabilities. */
export const webhook = ({ destination_url: url, host_batch_size: size, secret }: WebhookSettings): Receiver => ({
  name: 'webhook',
  bodies: (vulnerability, at) =>
    batches(vulnerability.hosts_affected, size).map((hosts_affected) =>
      JSON.stringify({ timestamp: at.toISOString(), vulnerability: { ...vulnerability, hosts_affected } }),
    ),
  message: ({ event, body, at }) => ({
    url,
    headers: { 'flotilla-event': event, ...(secret && signatureHeaders(secret, body, at)) },
    body,
  }),
  accepts: isSuccess,
});

/** At most `size` hosts each, where it is not 0, and never more than a receiver may be expected to take. */
function batches(hosts: Affecting['hosts_affected'], size: number): Affecting['hosts_affected'][] {
  const all: Affecting['hosts_affected'][] = [];
  let bytes = MOST_BYTES;
  for (const host of hosts) {
    const own = Buffer.byteLength(JSON.stringify(host)) + 1;
    const last = all.at(-1);
    const isFull = bytes + own > MOST_BYTES || last?.length === size;
    if (isFull || !last) all.push([host]);
    else last.push(host);
    bytes = isFull ? own : bytes + own;
  }
  return all;
}

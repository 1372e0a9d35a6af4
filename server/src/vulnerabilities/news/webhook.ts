import type { Affecting, Receiver } from './receiver.ts';
import { isSuccess } from './receiver.ts';
import { signatureHeaders } from './sign.ts';

export interface WebhookSettings {
  destination_url: string;
  /** Hosts in one body; 0: all. */
  host_batch_size: number;
  /** Signs what is sent; without one it is not signed. */
  secret?: string;
}

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

function batches(hosts: Affecting['hosts_affected'], size: number): Affecting['hosts_affected'][] {
  const step = size > 0 ? size : Math.max(hosts.length, 1);
  return Array.from({ length: Math.ceil(hosts.length / step) }, (_, place) =>
    hosts.slice(place * step, (place + 1) * step),
  );
}

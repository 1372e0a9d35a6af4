import type { Affecting } from '../news/receiver.ts';

/** What a ticket system is asked to open. */
export interface Ticket {
  summary: string;
  description: string;
}

/** Hosts named in a ticket; their number is always told. */
const MOST_HOSTS = 50;

/** Opens one ticket in somebody's system. */
export interface TicketSystem<Settings> {
  /** What it cannot do without, `url` first. */
  needs: readonly (keyof Settings & string)[];
  /** Which project or group it opens tickets in. */
  place(settings: Settings): string;
  request(
    settings: Settings,
    ticket: Ticket,
    event: string,
  ): { url: string; headers: Record<string, string>; body: unknown };
  /** Questions, any one of which a system of its kind understands, for the ticket of an event. */
  search(settings: Settings, event: string): { url: string; headers: Record<string, string> }[];
  /** Whether the answer to one of them has the ticket. */
  found(answer: string, event: string): boolean;
}

/** By which a ticket is known again: `flotilla-cve-2026-0001-1`. */
export const markerOf = (event: string): string => `flotilla-${event.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

/** One vulnerability in words for people. */
export function toTicket({ cve, hosts_affected: hosts, ...facts }: Affecting): Ticket {
  const known = (value: number | string | null) => value ?? 'unknown';
  const named = hosts.slice(0, MOST_HOSTS).map(({ display_name, url }) => `- ${display_name}: ${url}`);
  const more = hosts.length - named.length;
  const lines = [
    `${cve} affects ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}.`,
    facts.details_link,
    `CVSS score: ${known(facts.cvss_score)}`,
    `Probability of exploitation (EPSS): ${known(facts.epss_probability)}`,
    `Known to be exploited (CISA): ${facts.cisa_known_exploit ? 'yes' : 'no'}`,
    `Published: ${known(facts.cve_published)}`,
    'Hosts:',
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  return {
    summary: `Vulnerability ${cve} on ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`,
    description: lines.join('\n'),
  };
}

export const basic = (name: string, secret: string) => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

/** A path below an address that may end in a slash. */
export const below = (url: string, path: string) => `${url.replace(/\/+$/, '')}${path}`;

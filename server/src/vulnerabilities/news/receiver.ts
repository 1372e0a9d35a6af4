import type { Message, Sent } from './send.ts';

/** A vulnerability that affects hosts since just now, as the contract's webhook tells it. */
export interface Affecting {
  cve: string;
  details_link: string;
  epss_probability: number | null;
  cvss_score: number | null;
  cisa_known_exploit: boolean;
  cve_published: string | null;
  hosts_affected: {
    id: number;
    hostname: string;
    display_name: string;
    url: string;
    software_installed_paths: string[];
  }[];
}

/** Somebody who is told of vulnerabilities. */
export interface Receiver {
  /** Tells it from the others in the log of deliveries; holds no credentials. */
  name: string;
  /** What it is to be told; each body is sent once. */
  bodies(vulnerability: Affecting, at: Date): string[];
  message(delivery: { event: string; body: string; at: Date }): Message;
  /**
   * Asks whether it took this event before, when nobody heard its answer. The questions are tried in turn until one is understood.
   * Absent: it is told again, and knows the event by its name.
   */
  search?: { messages(event: string): Message[]; found(answer: Sent, event: string): boolean };
  /** Whether it took what was sent. */
  accepts(answer: Sent): boolean;
}

export const isSuccess = ({ status }: Sent) => status >= 200 && status < 300;

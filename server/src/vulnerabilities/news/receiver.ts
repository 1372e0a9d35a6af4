import type { Sent } from './send.ts';

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
  message(delivery: { event: string; body: string; at: Date }): {
    url: string;
    headers: Record<string, string>;
    body: string;
  };
  /** Whether it took what was sent. */
  accepts(answer: Sent): boolean;
}

export const isSuccess = ({ status }: Sent) => status >= 200 && status < 300;

import type { MobilePlatform } from '@flotilla/contract/mobile-devices';

/** One osquery query of an inventory. */
export interface HostQuery {
  /** The name on the wire, before `:` and the number of the inventory. */
  name: string;
  platforms: readonly Platform[];
  sql: string;
  /**
   * osquery answers a batch as a whole and a killed batch loses all its answers, so only `light` queries share one with
   * each other, `bulky` ones (many rows) with each other, and each `heavy` one (seconds of CPU) goes alone.
   */
  weight: 'light' | 'bulky' | 'heavy';
  /** Not asked of hosts for which this setting is off. */
  needs?: 'hostUsers' | 'softwareInventory';
}

/** The host that is asked for what it owes. */
export interface AskedHost {
  hostId: number;
  platform: Platform;
  fleetId: number | null;
  /** Somebody wants all of it anew, whether it is time or not. */
  isRefetch: boolean;
}

export type Platform = 'linux' | 'darwin' | 'windows' | 'chrome' | MobilePlatform;
export type Row = Record<string, string>;

/** The answer of one query: its rows, or why there are none. */
export type Answer = { rows: Row[] } | { error: string };

/** What one host answered in one request. */
export interface HostAnswers {
  hostId: number;
  platform: Platform;
  /** The number of the inventory the answers belong to; answers of a lower number are older. */
  asked: number;
  receivedAt: Date;
  /** By query name without the number. */
  answers: Map<string, Answer>;
}

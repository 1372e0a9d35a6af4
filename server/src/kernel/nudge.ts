/** What reaches agents at once: `nudge` says that there is work, `stop` that no script may begin. */
export type Signal = 'nudge' | 'stop';

/** `all` are the hosts whose connections this process holds. */
export type SignalledHosts = readonly number[] | 'all';

/** Tells whoever holds the connection of a host. Only a hint: a poll finds the same. */
export interface Nudges {
  send(hosts: SignalledHosts, signal?: Signal): void;
  listen(listener: (hosts: SignalledHosts, signal: Signal) => void): void;
}

export function createNudges(): Nudges {
  const listeners: ((hosts: SignalledHosts, signal: Signal) => void)[] = [];
  return {
    send: (hosts, signal = 'nudge') => {
      for (const listener of listeners) listener(hosts, signal);
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
}

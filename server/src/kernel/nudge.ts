/** What reaches agents at once: `nudge` says that there is work, `stop` that no script may begin. */
export type Signal = 'nudge' | 'stop';

/** `all` are the hosts whose connections a process holds. */
export type SignalledHosts = readonly number[] | 'all';

type Listener = (hosts: SignalledHosts, signal: Signal) => void;

/** Tells whoever holds the connection of a host. Only a hint: a poll finds the same. */
export interface Nudges {
  /** To the listeners of this process, and through the relay to those of all others. */
  send(hosts: SignalledHosts, signal?: Signal): void;
  /** To the listeners of this process alone: what another process sent. */
  deliver: Listener;
  listen(listener: Listener): void;
  /** Whoever carries it to the other processes. */
  relayBy(relay: Listener): void;
}

export function createNudges(): Nudges {
  const listeners: Listener[] = [];
  let relay: Listener = () => undefined;
  const deliver: Listener = (hosts, signal) => {
    for (const listener of listeners) listener(hosts, signal);
  };
  return {
    send: (hosts, signal = 'nudge') => {
      deliver(hosts, signal);
      relay(hosts, signal);
    },
    deliver,
    listen: (listener) => {
      listeners.push(listener);
    },
    relayBy: (by) => {
      relay = by;
    },
  };
}

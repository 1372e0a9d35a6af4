/** Tells whoever holds the connection of a host that there is work for it. Only a hint: a poll finds the same work. */
export interface Nudges {
  send(hostIds: readonly number[]): void;
  listen(listener: (hostIds: readonly number[]) => void): void;
}

export function createNudges(): Nudges {
  const listeners: ((hostIds: readonly number[]) => void)[] = [];
  return {
    send: (hostIds) => {
      for (const listener of listeners) listener(hostIds);
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
}

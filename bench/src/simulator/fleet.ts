import { withCache } from './answer-cache.ts';
import { createHost, type Host, type Surroundings } from './host.ts';
import { createMachine } from './machine.ts';
import { createOsquery } from './osquery.ts';
import { createWire } from './wire.ts';
import { createWorld } from './world.ts';

export interface FleetOptions {
  serverUrl: string;
  secret: string;
  hosts: number;
  /** About how many software each host has. */
  software: number;
  seed: string;
  /** Kept to the server, for all hosts together. */
  connections: number;
}

export interface Fleet {
  hosts: Host[];
  around: Surroundings;
  /** What went wrong, most frequent first. */
  problems(): string[];
  close(): Promise<void>;
}

/** Many hosts in one process; nothing is sent yet. */
export function createFleet(options: FleetOptions): Fleet {
  const world = createWorld(options.seed);
  const wire = createWire(options.serverUrl, options.connections);
  const noted = new Map<string, number>();
  const hosts = Array.from({ length: options.hosts }, (_, index) =>
    createHost(createMachine(world, { ...options, index })),
  );
  return {
    hosts,
    around: {
      wire,
      osquery: withCache(createOsquery()),
      secret: options.secret,
      note: (problem) => noted.set(problem, (noted.get(problem) ?? 0) + 1),
    },
    problems: () => [...noted].sort(([, a], [, b]) => b - a).map(([problem, count]) => `${count} × ${problem}`),
    close: () => wire.close(),
  };
}

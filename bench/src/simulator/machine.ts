import { type Random, randomFrom } from './random.ts';
import type { Archive, Distribution, Package, World } from './world.ts';

/** A package on a machine, at a level that updates raise. */
export interface Installed {
  package: Package;
  level: number;
}

/** One simulated host: who it is and what is on it. */
export interface Machine {
  uuid: string;
  hostname: string;
  serial: string;
  address: string;
  kernel: string;
  distribution: Distribution;
  system: Installed[];
  python: Installed[];
  npm: Installed[];
  /** Debian packages of no archive, by name, at their version: what Flotilla installed. */
  local: Map<string, string>;
  /** Grows with every change of what is on it. */
  version: number;
  random: Random;
}

export interface MachineOptions {
  seed: string;
  index: number;
  /** About how many software it has. */
  software: number;
}

/** What nearly every host of a distribution has, as a share of its system packages. */
const BASE_SHARE = 0.6;
const PYTHON_SHARE = 0.12;
const NPM_SHARE = 0.08;
/** The level of what is up to date when the fleet begins. */
const NEWEST = 3;

/** The same machine for the same seed and index. */
export function createMachine(world: World, { seed, index, software }: MachineOptions): Machine {
  const random = randomFrom(`${seed} machine ${index}`);
  const distribution = random.pick(world.distributions);
  // Most hosts are a little behind with a few packages; a forgotten one is behind with many.
  const neglect = random.chance(0.15) ? 0.5 : 0.1;
  const level = () => NEWEST - (random.chance(neglect) ? 1 + random.integer(NEWEST) : 0);
  const install = (packages: Package[]) => packages.map((each): Installed => ({ package: each, level: level() }));
  const systemCount = Math.round(software * (1 - PYTHON_SHARE - NPM_SHARE)) - 2;
  const names = `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
  return {
    uuid: names,
    hostname: `${random.pick(['web', 'db', 'build', 'cache', 'desk', 'lab', 'edge'])}-${String(index).padStart(6, '0')}`,
    serial: `SIM${hex(random, 10).toUpperCase()}`,
    address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    kernel: random.pick(distribution.kernels),
    distribution,
    system: install(choose(random, distribution.archive, systemCount)),
    python: install(choose(random, world.python, Math.round(software * PYTHON_SHARE))),
    npm: install(choose(random, world.npm, Math.round(software * NPM_SHARE))),
    local: new Map(),
    version: 0,
    random,
  };
}

const hex = (random: Random, length: number) => Array.from({ length }, () => random.integer(16).toString(16)).join('');

/** The base that most hosts share, then others by popularity. */
function choose(random: Random, { packages, pick }: Archive, count: number): Package[] {
  const base = Math.round(count * BASE_SHARE);
  const chosen = new Set<number>();
  for (let rank = 0; rank < base; rank += 1) if (random.chance(0.97)) chosen.add(rank);
  while (chosen.size < Math.min(count, packages.length)) chosen.add(pick(random));
  return [...chosen].sort((a, b) => a - b).flatMap((rank) => packages[rank] ?? []);
}

/** Updates some of the packages, as a package manager would: the same machine does the same each time. */
export function updateSome(machine: Machine, share: number): number {
  const all = [...machine.system, ...machine.python, ...machine.npm];
  const count = Math.max(1, Math.round(all.length * share));
  const updated = new Set<Installed>();
  while (updated.size < Math.min(count, all.length)) updated.add(machine.random.pick(all));
  for (const each of updated) each.level += 1;
  machine.version += 1;
  return updated.size;
}

import { expect, it } from 'vitest';
import { createMachine, type Machine, updateSome } from './machine.ts';
import { randomFrom } from './random.ts';
import { createWorld } from './world.ts';

const world = createWorld('seed');
const machine = (index: number, seed = 'seed') => createMachine(world, { seed, index, software: 300 });
const plain = ({ random, distribution, ...rest }: Machine) => ({ ...rest, os: distribution.os });
const all = (each: Machine) => [...each.system, ...each.python, ...each.npm];

it('the same seed and index give the same machine, others another', () => {
  expect(plain(machine(7))).toEqual(plain(machine(7)));
  expect(machine(8).uuid).not.toBe(machine(7).uuid);
  expect(machine(7, 'other').uuid).not.toBe(machine(7).uuid);
});

it('a whole world made twice is the same', () => {
  expect(JSON.stringify(createWorld('a').python)).toBe(JSON.stringify(createWorld('a').python));
  expect(JSON.stringify(createWorld('a').python)).not.toBe(JSON.stringify(createWorld('b').python));
});

it('updates are the same on the same machine, and touch the share that was asked for', () => {
  const [one, two] = [machine(3), machine(3)];
  const levels = (each: Machine) => all(each).map((installed) => installed.level);
  const before = levels(one);
  expect(updateSome(one, 0.02)).toBe(Math.round(before.length * 0.02));
  updateSome(two, 0.02);
  expect(levels(one)).toEqual(levels(two));
  expect(levels(one).filter((level, place) => level !== before[place])).toHaveLength(Math.round(before.length * 0.02));
});

it('hosts have about as much software as asked, no package twice, and share the popular ones', () => {
  const machines = Array.from({ length: 60 }, (_, index) => machine(index));
  for (const each of machines) {
    expect(all(each).length).toBeGreaterThan(280);
    expect(all(each).length).toBeLessThan(320);
    expect(new Set(each.system.map((installed) => installed.package.name)).size).toBe(each.system.length);
  }
  const ubuntu = machines.filter((each) => each.distribution.suffix === 'ubuntu0.22.04.');
  const having = (rank: number) => {
    const wanted = ubuntu[0]?.distribution.archive.packages[rank];
    return ubuntu.filter((each) => each.system.some((installed) => installed.package === wanted)).length;
  };
  expect(having(0) / ubuntu.length).toBeGreaterThan(0.8);
  expect(having(2000)).toBeLessThan(ubuntu.length / 2);
});

it('random numbers spread and repeat', () => {
  const random = randomFrom('x');
  const numbers = Array.from({ length: 1000 }, () => random.next());
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, number) => sum + number, 0) / 1000).toBeCloseTo(0.5, 1);
  expect(randomFrom('x').next()).toBe(numbers[0]);
});

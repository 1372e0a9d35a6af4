import { setTimeout as delay } from 'node:timers/promises';
import { createFleet, type Fleet, type FleetOptions } from './fleet.ts';
import { deliverInventory, type Host, readConfig } from './host.ts';
import { updateSome } from './machine.ts';
import { randomFrom } from './random.ts';

export interface SimulateOptions extends FleetOptions {
  /** Share of its packages that a host updates between two inventories. */
  churn: number;
  /** Stops after this many seconds; 0: when it is told to. */
  seconds: number;
}

/** osquery's usual intervals. */
const POLL_SECONDS = 10;
const CONFIG_SECONDS = 60;
const REPORT_SECONDS = 5;

/** Keeps a fleet of hosts checking in with a running server until it is stopped. */
export async function simulate(options: SimulateOptions, print: (line: string) => void): Promise<void> {
  const fleet = createFleet(options);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const limit = options.seconds > 0 ? setTimeout(() => stop.abort(), options.seconds * 1000) : undefined;
  const counts = { polls: 0, inventories: 0, updates: 0 };
  const report = () => print(describe(counts, fleet));
  const timer = setInterval(report, REPORT_SECONDS * 1000);
  await Promise.all(fleet.hosts.map((host) => live(host, { fleet, counts, churn: options.churn, stop: stop.signal })));
  clearInterval(timer);
  clearTimeout(limit);
  await fleet.close();
  report();
}

interface Life {
  fleet: Fleet;
  counts: { polls: number; inventories: number; updates: number };
  churn: number;
  stop: AbortSignal;
}

/** One host from its enrolment on. A failure is noted, and the host goes on, as osquery does. */
async function live(host: Host, { fleet: { around }, counts, churn, stop }: Life): Promise<void> {
  // A fleet does not wake up as one.
  await pause(randomFrom(host.machine.uuid).next() * POLL_SECONDS, stop);
  let configAt = 0;
  while (!stop.aborted) {
    try {
      if (Date.now() - configAt > CONFIG_SECONDS * 1000) {
        await readConfig(around, host);
        configAt = Date.now();
      }
      counts.polls += 1;
      if ((await deliverInventory(around, host)) > 0) {
        counts.inventories += 1;
        if (churn > 0) counts.updates += updateSome(host.machine, churn);
      }
    } catch (error) {
      around.note((error as Error).message);
    }
    await pause(POLL_SECONDS, stop);
  }
}

const pause = (seconds: number, signal: AbortSignal) =>
  delay(seconds * 1000, undefined, { signal }).catch(() => undefined);

function describe({ polls, inventories, updates }: Life['counts'], fleet: Fleet): string {
  const done = `${polls} polls, ${inventories} inventories, ${updates} packages updated`;
  const worst = fleet.problems().slice(0, 3);
  return worst.length === 0 ? done : `${done}; problems: ${worst.join('; ')}`;
}

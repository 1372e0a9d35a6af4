import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import { judgeWanted } from './match-software.ts';
import { lacksFeeds } from './update-feeds.ts';

/** Finds work that nobody announced: of another process, or from before a crash. */
const POLL = 1_000;
/** While much comes, what came meanwhile is judged together: each publication makes inventory wait. Milliseconds. */
const REST = 50;

export interface JudgingLoop {
  /** There is something to judge. */
  poke(): void;
  stop(): Promise<void>;
}

/** Judges what is wanted, at once when poked. `wantFeeds` says that there is software now that a feed not yet fetched tells of. */
export function startJudging(ctx: Context, wantFeeds: () => Promise<void>): JudgingLoop {
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;
  const run = async () => {
    while (again && !stopped) {
      again = false;
      try {
        if ((await judgeWanted(ctx)) > 0 && (await lacksFeeds(ctx))) await wantFeeds();
      } catch (error) {
        ctx.log.error({ err: error }, 'software was not judged');
      }
      if (again && !stopped) await delay(REST);
    }
    running = null;
  };
  const poke = () => {
    again = true;
    if (!stopped) running ??= run();
  };
  const timer = setInterval(poke, POLL);
  return {
    poke,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

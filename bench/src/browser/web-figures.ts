import { percentile, round } from '../measure/percentile.ts';
import type { Answers } from './answers.ts';
import type { FirstLoad } from './first-loads.ts';
import type { Scrolling } from './scrolling.ts';

/** A frame that comes a sixtieth of a second after the one before is in time; clocks differ by less than this. */
const CLOCKS_DIFFER = 1;
const ONE_FRAME = 1000 / 60 + CLOCKS_DIFFER;
const TWO_FRAMES = 2000 / 60 + CLOCKS_DIFFER;

const spread = (values: number[]) => ({
  p50: round(percentile(values, 0.5), 0),
  p95: round(percentile(values, 0.95), 0),
});
const kilobytes = (bytes: number) => round(bytes / 1024, 1);

export type FirstLoadFigures = ReturnType<typeof firstLoadFigures>;

/** What loading one page several times says about it. */
export function firstLoadFigures(loads: FirstLoad[]) {
  const most = (kind: keyof FirstLoad['bytes']) => kilobytes(Math.max(...loads.map(({ bytes }) => bytes[kind])));
  return {
    scriptKilobytes: most('script'),
    styleKilobytes: most('style'),
    fontKilobytes: most('font'),
    notBrotli: [...new Set(loads.flatMap(({ plain }) => plain))],
    shownMilliseconds: spread(loads.map(({ shown }) => shown)),
    interactiveMilliseconds: spread(loads.map(({ interactive }) => interactive)),
    browserCpuMilliseconds: spread(loads.map(({ browserCpu }) => browserCpu * 1000)),
  };
}

/** What using one list several times says about it. */
export const answerFigures = (answers: Answers[]) => ({
  nextPageMilliseconds: spread(answers.map(({ nextPage }) => nextPage)),
  sortingMilliseconds: spread(answers.map(({ sorting }) => sorting)),
  searchMilliseconds: spread(answers.map(({ search }) => search)),
});

/** What scrolling one page several times says about it. */
export function scrollFigures(runs: Scrolling[]) {
  const frames = runs.flatMap((run) => run.frames);
  const seconds = frames.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000;
  const percentAbove = (limit: number) =>
    round((frames.filter((milliseconds) => milliseconds > limit).length / frames.length) * 100, 1);
  return {
    rows: Math.max(...runs.map(({ rows }) => rows)),
    framesPerSecond: round(frames.length / seconds, 1),
    percentAboveOneFrame: percentAbove(ONE_FRAME),
    percentAboveTwoFrames: percentAbove(TWO_FRAMES),
    frameMilliseconds: spread(frames),
    longTasks: runs.flatMap(({ longTasks }) => longTasks).length,
  };
}

import { expect, it } from 'vitest';
import { firstLoadFigures, scrollFigures } from './web-figures.ts';

it('a frame is late when its turn was missed, not when the clock differs a little', () => {
  const frames = [16.6, 16.7, 17.1, 33.3, 33.4, 50];
  const figures = scrollFigures([{ frames, longTasks: [60], rows: 200 }]);
  expect(figures).toMatchObject({ rows: 200, percentAboveOneFrame: 50, percentAboveTwoFrames: 16.7, longTasks: 1 });
  expect(scrollFigures([{ frames: Array(60).fill(1000 / 60), longTasks: [], rows: 1 }]).framesPerSecond).toBe(60);
});

it('a first load weighs what its heaviest repetition does, and names what came without brotli', () => {
  const load = { shown: 100, interactive: 200, browserCpu: 0.5, plain: ['/a.js'] };
  const figures = firstLoadFigures([
    { ...load, bytes: { script: 1024, style: 0, font: 0 } },
    { ...load, bytes: { script: 2048, style: 512, font: 0 } },
  ]);
  expect(figures).toMatchObject({ scriptKilobytes: 2, styleKilobytes: 0.5, fontKilobytes: 0, notBrotli: ['/a.js'] });
  expect(figures.browserCpuMilliseconds).toEqual({ p50: 500, p95: 500 });
});

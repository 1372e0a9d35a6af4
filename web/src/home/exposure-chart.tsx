import type { ExposurePoint } from '@flotilla/contract/exposure';
import { scoreWords } from './exposure-words.ts';
import styles from './home.module.css';

const WIDTH = 640;
const HEIGHT = 160;
const EDGE = 8;

/** The line of exposure, from nothing up; jumps are dots on it. The table beside it says the same. */
export function ExposureChart({ points, marked }: { points: readonly ExposurePoint[]; marked: readonly string[] }) {
  const times = points.map(({ at }) => Date.parse(at));
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const highest = Math.max(1, ...points.map(({ score }) => score));
  const place = ({ at, score }: ExposurePoint) => ({
    x: EDGE + ((Date.parse(at) - first) / span) * (WIDTH - 2 * EDGE),
    y: HEIGHT - EDGE - (score / highest) * (HEIGHT - 2 * EDGE),
  });
  const line = points.map(place).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  const from = points[0];
  const to = points.at(-1);
  return (
    <figure className={styles.chart}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Exposure from ${scoreWords(from?.score ?? 0)} to ${scoreWords(to?.score ?? 0)}, at most ${scoreWords(highest)}`}
      >
        <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} className={styles.axis} />
        <polyline points={line.join(' ')} className={styles.line} />
        {points
          .filter(({ at }) => marked.includes(at))
          .map((point) => (
            <circle key={point.at} cx={place(point).x} cy={place(point).y} r={4} className={styles.dot} />
          ))}
      </svg>
      <figcaption className={`quiet ${styles.ends}`}>
        <span>{from?.at.slice(0, 10)}</span>
        <span>at most {scoreWords(highest)}</span>
        <span>{to?.at.slice(0, 10)}</span>
      </figcaption>
    </figure>
  );
}

import type { Ring } from '@flotilla/contract/updates';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { capital, counted, number } from '../pieces/words.ts';
import styles from './rollout.module.css';
import { RingMark } from './rollout-marks.tsx';
import { places } from './rollout-words.ts';

/** One ring: what it waits for, and its hosts from queued to verified, each number a link to its hosts. */
export function RingPanel({ ring }: { ring: Ring }) {
  const { no, funnel } = ring;
  return (
    <section className={`panel ${styles.ring}`} aria-label={`Ring ${no}`}>
      <header>
        <h2>
          Ring {no}: {counted(funnel.targeted, 'host')}
        </h2>
        <RingMark state={ring.state} />
      </header>
      <p className={styles.gate}>
        {capital(ring.gate_words)}{' '}
        <span className="quiet">
          {ring.opened_at && (
            <>
              Opened <TimeAgo at={ring.opened_at} />
            </>
          )}
          {ring.passed_at && (
            <>
              , passed <TimeAgo at={ring.passed_at} />
            </>
          )}
        </span>
      </p>
      <ul className={styles.funnel}>
        {places.map(({ place, name, means }) => (
          <li key={place} title={means}>
            <span>{name}</span>
            <Bar place={place} part={funnel[place]} whole={funnel.targeted} />
            <Link
              to="."
              search={((before: object) => ({ ...before, page: undefined, ring: no, place })) as never}
              resetScroll={false}
              className="number"
              aria-label={`${name}: ${counted(funnel[place], 'host')} of ring ${no}`}
            >
              {number(funnel[place])}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bar({ place, part, whole }: { place: string; part: number; whole: number }) {
  const share = whole <= 0 ? 0 : Math.min(100, (part / whole) * 100);
  return (
    <svg className={styles.bar} viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="12" className={styles.track} />
      <rect width={share > 0 ? Math.max(1, share) : 0} height="12" className={styles.fill} data-place={place} />
    </svg>
  );
}

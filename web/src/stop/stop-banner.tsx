import { IconHandStop } from '@tabler/icons-react';
import { TimeAgo } from '../pieces/time-ago.tsx';
import styles from './stop.module.css';
import { StopButton } from './stop-button.tsx';
import { standing } from './stop-words.ts';
import { useStop } from './use-stop.ts';

/** While everything is stopped: since when, by whom, why, and what that holds up. */
export function StopBanner() {
  const stop = useStop();
  if (!stop?.stopped) return null;
  return (
    <section className={styles.banner} aria-label="Global stop">
      <IconHandStop size={20} aria-hidden />
      <p role="status">
        <b>Everything is stopped</b> <TimeAgo at={stop.since} /> by {stop.by || 'someone'}
        {stop.reason && `: ${stop.reason}`}. {sentence(standing(stop))}.
      </p>
      <StopButton />
    </section>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

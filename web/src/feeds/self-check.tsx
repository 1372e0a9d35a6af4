import type { FindingsCheck } from '@flotilla/contract/feeds';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { number } from '../pieces/words.ts';
import styles from './feeds.module.css';

/** How the nightly comparison of what was found with judging everything anew went. */
export function SelfCheck({ check }: { check: FindingsCheck | null }) {
  const tone = check === null ? 'wait' : check.drifted > 0 ? 'bad' : 'good';
  const Icon = { wait: IconClock, bad: IconAlertTriangle, good: IconCheck }[tone];
  return (
    <p className={`${styles.state} ${styles.check}`} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {check === null ? (
        <span>Findings are compared with judging all software anew each night; that was not done yet</span>
      ) : (
        <span>
          {number(check.software)} software judged anew to compare: {outcomeOf(check)} (
          <TimeAgo at={check.checked_at} />)
        </span>
      )}
    </p>
  );
}

const outcomeOf = ({ drifted }: FindingsCheck) =>
  drifted === 0 ? 'all findings are the same' : `${number(drifted)} had other findings, and have the right ones now`;

import type { Finding } from '@flotilla/contract/vulnerabilities';
import { IconAlertTriangle, IconCircleMinus, IconHelpCircle } from '@tabler/icons-react';
import { findingState, stateWords } from './finding-words.ts';
import styles from './marks.module.css';

const marks = {
  affected: { icon: IconAlertTriangle, tone: 'warn' },
  unimportant: { icon: IconCircleMinus, tone: undefined },
  unknown: { icon: IconHelpCircle, tone: undefined },
};

/** The state of a finding as a word and a shape. */
export function FindingMark({ finding }: { finding: Finding }) {
  const state = findingState(finding);
  const { icon: Icon, tone } = marks[state];
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {stateWords[state]}
    </span>
  );
}

import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'busy' | undefined;

interface Props {
  icon: TablerIcon;
  tone?: Tone;
  /** What the word means, for those who rest on it. */
  title?: string;
  children: ReactNode;
}

/** A state as a shape and a word. */
export function StateMark({ icon: Icon, tone, title, children }: Props) {
  return (
    <span className={styles.mark} data-tone={tone} title={title}>
      <Icon size={16} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

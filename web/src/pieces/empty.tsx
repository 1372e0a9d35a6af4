import type { ReactNode } from 'react';
import styles from './notices.module.css';

interface Props {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
}

/** An empty place that says why it is empty and what fills it. */
export function Empty({ icon, title, children }: Props) {
  return (
    <div className={`panel ${styles.empty}`}>
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  );
}

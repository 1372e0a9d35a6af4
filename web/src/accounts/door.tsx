import type { ReactNode } from 'react';
import { Mark } from '../frame/mark.tsx';
import { useTitle } from '../pieces/page.tsx';
import styles from './door.module.css';

interface Props {
  title: string;
  /** A sentence under the heading. */
  sentence: ReactNode;
  children: ReactNode;
  /** What stands beside the form. */
  beside?: ReactNode;
}

/** The pages one sees before being signed in. */
export function Door({ title, sentence, children, beside }: Props) {
  useTitle(title);
  return (
    <main className={styles.door}>
      <div className={styles.brand}>
        <Mark size={28} />
        <span>Flotilla</span>
      </div>
      <div className={styles.columns} data-two={beside !== undefined || undefined}>
        <section className={`panel ${styles.card}`}>
          <h1>{title}</h1>
          <p className="quiet">{sentence}</p>
          {children}
        </section>
        {beside}
      </div>
    </main>
  );
}

/** What is wrong with the form as a whole. */
export function FormTrouble({ reason, next }: { reason: string | undefined; next?: string }) {
  return (
    <div role="alert" className={styles.alert} hidden={!reason}>
      {reason && (
        <>
          <b>{reason}</b>
          {next && <span> {next}</span>}
        </>
      )}
    </div>
  );
}

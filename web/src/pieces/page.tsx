import { Skeleton, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import styles from './page.module.css';

interface Props {
  /** The name of the page, for the tab of the browser and the heading; undefined while it is not known yet. */
  title: string | undefined;
  /** Where the page belongs: a link back to its list. */
  above?: ReactNode;
  /** The sentence the page opens with. */
  sentence?: ReactNode;
  /** Buttons at the right of the heading. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** A page: its title, its opening sentence, then what proves it. */
export function Page({ title, above, sentence, actions, children }: Props) {
  useTitle(title ?? 'Loading');
  return (
    <article className={styles.page}>
      {above && <div className={styles.above}>{above}</div>}
      <header className={styles.header}>
        <div>
          <h1>{title ?? <LoadingTitle />}</h1>
          <div className={styles.sentence}>
            {title === undefined ? <Skeleton height={12} w={320} mt={4} /> : sentence}
          </div>
        </div>
        {actions}
      </header>
      {children}
    </article>
  );
}

function LoadingTitle() {
  return (
    <>
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton height={20} w={200} my={4} />
    </>
  );
}

/** Names the browser's tab. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Flotilla`;
  }, [title]);
}

/** The row of search and filters above a list. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={styles.filters}>{children}</search>;
}

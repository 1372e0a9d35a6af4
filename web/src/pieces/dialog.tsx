import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import styles from './dialog.module.css';

interface Props {
  title: string;
  close: () => void;
  children: ReactNode;
  /** For more than a question and its answer. */
  wide?: boolean;
  /** Along the right edge and as high as the window, so that what it is about stays in sight. */
  side?: boolean;
  /** While something would be lost: neither Esc nor a click closes it. */
  hold?: boolean;
}

/** A dialog over the page, wherever it is opened from: it keeps the focus, and Esc or a click beside it closes it. */
export function Dialog({ title, close, children, wide, side, hold }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-wide={wide || undefined}
      data-side={side || undefined}
      aria-labelledby={heading}
      onClose={close}
      onCancel={(event) => hold && event.preventDefault()}
      onClick={(event) => !hold && event.target === event.currentTarget && dialog.current?.close()}
    >
      <div className={styles.body}>
        <div className={styles.head}>
          <h2 id={heading}>{title}</h2>
          <CloseButton aria-label="Close" disabled={hold} onClick={() => dialog.current?.close()} />
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}

import styles from './scroll-text.module.css';

/** Long text as it is, in a box that scrolls and is reached by the keyboard. */
export function ScrollText({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.box} aria-label={label} tabIndex={0}>
      <pre className="mono">{children}</pre>
    </section>
  );
}

import type { Sent } from '../api/upload.ts';
import styles from './library.module.css';
import { uploadWords } from './upload-words.ts';

/** A bar with bytes and percent; without an end it says what it waits for. */
export function UploadProgress({ progress }: { progress: Sent }) {
  const { sent, total } = progress;
  const isWaiting = total === 0 || sent >= total;
  return (
    <div className={styles.progress}>
      <progress aria-label="Upload" max={total || 1} value={isWaiting && total > 0 ? total : sent} />
      <span className="number">{uploadWords(progress)}</span>
    </div>
  );
}

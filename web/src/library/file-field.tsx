import { IconFileUpload } from '@tabler/icons-react';
import { useId } from 'react';
import { bytes } from '../pieces/words.ts';
import styles from './library.module.css';

interface Props {
  file: File | undefined;
  set: (file: File | undefined) => void;
  /** A file is held over the page. */
  isOver: boolean;
  isLocked: boolean;
  trouble: string | undefined;
}

/** Where a package is chosen or dropped. */
export function FileField({ file, set, isOver, isLocked, trouble }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.drop} data-over={isOver || undefined} data-locked={isLocked || undefined}>
        <IconFileUpload size={24} stroke={1.5} aria-hidden />
        <b>{file ? `${file.name}, ${bytes(file.size)}` : 'Choose a .deb file, or drop it here'}</b>
        {file && !isLocked && <span className="quiet">Choose or drop another to replace it</span>}
        <input
          type="file"
          accept=".deb"
          disabled={isLocked}
          aria-invalid={trouble ? true : undefined}
          aria-describedby={id}
          onChange={({ currentTarget }) => set(currentTarget.files?.[0])}
        />
      </label>
      <p id={id} className={styles.bad} role={trouble ? 'alert' : undefined}>
        {trouble}
      </p>
    </div>
  );
}

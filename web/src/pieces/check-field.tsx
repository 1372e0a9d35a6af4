import { type ReactNode, useId } from 'react';
import styles from './check-field.module.css';

interface Props {
  label: ReactNode;
  /** What it means, below the label. */
  about?: ReactNode;
  checked: boolean;
  set: (checked: boolean) => void;
  disabled?: boolean;
}

/** A box to tick with its label. */
export function CheckField({ label, about, checked, set, disabled }: Props) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={about ? `${id}-about` : undefined}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {about && (
          <div id={`${id}-about`} className="quiet">
            {about}
          </div>
        )}
      </div>
    </div>
  );
}

import { IconAlertTriangle } from '@tabler/icons-react';
import { whyFailed } from '../api/api-error.ts';
import styles from './failure.module.css';

/** Why an action did not work and what to do, beside its button; nothing when there is no error. */
export function Failure({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className={styles.failure} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span>{whyFailed(error)}</span>
    </p>
  );
}

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { ApiError, explanation, nextStep } from '../api/api-error.ts';
import styles from './notices.module.css';

interface Props {
  /** What could not be done: "The hosts could not be loaded". */
  what: string;
  error: unknown;
  retry?: () => void;
}

/** An error in the place of what should be there: what failed, why, and the next step. */
export function Trouble({ what, error, retry }: Props) {
  return (
    <div className={`panel ${styles.block}`} role="alert">
      <IconAlertTriangle size={20} className={styles.bad} aria-hidden />
      <div>
        <h2>{what}</h2>
        <p className="quiet">
          {explanation(error)} {nextStep(error)}
        </p>
        {retry && !isGone(error) && (
          <Button
            variant="default"
            size="sm"
            mt={12}
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={retry}
          >
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

const isGone = (error: unknown) => error instanceof ApiError && error.status === 404;

/** One line above content that is still shown although it could not be renewed. */
export function StaleNotice({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className={styles.line} data-tone="warn" role="status">
      <IconAlertTriangle size={16} aria-hidden />
      <span>Not live at the moment. {explanation(error)} What you see may be old.</span>
      <button type="button" className={styles.link} onClick={retry}>
        Try again
      </button>
    </div>
  );
}

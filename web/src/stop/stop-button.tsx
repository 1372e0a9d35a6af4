import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import styles from './stop.module.css';
import { useStop } from './use-stop.ts';

const StopDialog = lazy(() => import('./stop-dialog.tsx'));

/** The global stop, on every page, for those who may use it; while it holds, the way to lift it. */
export function StopButton() {
  const may = useMay('stop:write');
  const stop = useStop();
  const [isOpen, setOpen] = useState(false);
  if (!may || stop === undefined) return null;
  const label = stop.stopped ? 'Lift the stop' : 'Stop everything';
  return (
    <>
      <Button
        variant="default"
        aria-haspopup="dialog"
        aria-label={label}
        title={label}
        className={styles.button}
        leftSection={<IconHandStop size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        <span className={styles.label}>{label}</span>
      </Button>
      {isOpen && (
        <Suspense>
          <StopDialog stop={stop} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

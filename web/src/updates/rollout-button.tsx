import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import type { Target } from './rollout-body.ts';

const RolloutDialog = lazy(() => import('./rollout-dialog.tsx'));

interface Props {
  target: Target;
  /** What it would do: "Update 312 hosts to 3.2.2". */
  children: string;
  small?: boolean;
}

/** Leads to the rollout dialog: one more click there starts it. */
export function RolloutButton({ target, children, small }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (!useMay('updates:write')) return null;
  return (
    <>
      <Button
        size={small ? 'compact-sm' : 'sm'}
        variant={small ? 'default' : 'filled'}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      {isOpen && (
        <Suspense>
          <RolloutDialog target={target} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';

const TaskDialog = lazy(() => import('./task-dialog.tsx'));

/** Opens the result of a task over the present page; that it is open is in the address. */
export function TaskLink({ id, label, children }: { id: string; label?: string; children: ReactNode }) {
  return (
    <Link
      to="."
      search={((before: object) => ({ ...before, task: id })) as never}
      resetScroll={false}
      aria-label={label}
      preload={false}
    >
      {children}
    </Link>
  );
}

/** The result of the task the address names, if it names one. */
export function OpenTask({ id, close }: { id: string | undefined; close: () => void }) {
  if (id === undefined) return null;
  return (
    <Suspense>
      <TaskDialog key={id} id={id} close={close} />
    </Suspense>
  );
}

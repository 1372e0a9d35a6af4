import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import styles from './dialog.module.css';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { number } from './words.ts';

interface Props {
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** The verb of the button: "Delete the policy". */
  verb: string;
  run: () => void;
  isRunning: boolean;
  error: unknown;
  close: () => void;
  danger?: boolean;
}

/** Asks before something large or final; it stays open until that is done, and says why when it fails. */
export function Confirm({ title, children, verb, run, isRunning, error, close, danger }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRunning) run();
  };
  return (
    <Dialog title={title} close={close}>
      <form className={styles.form} onSubmit={submit}>
        {children}
        <Failure error={error} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" loading={isRunning} className={danger ? styles.danger : undefined}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** From how many hosts on the count has to be typed. */
export const mostWithoutTyping = 100;

/** Whether the person typed how many hosts it is about; always so for few hosts. */
export function useTypedCount(count: number, most = mostWithoutTyping) {
  const [typed, setTyped] = useState('');
  const isNeeded = count > most;
  const isRight = !isNeeded || typed.replace(/[\s,.]/g, '') === String(count);
  const field = isNeeded && (
    <TextInput
      label={`Type ${number(count)} to confirm that many hosts`}
      value={typed}
      inputMode="numeric"
      autoComplete="off"
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
  return { isRight, field };
}

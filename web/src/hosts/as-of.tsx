import { Button, TextInput } from '@mantine/core';
import { useId } from 'react';
import { fromField, toField } from '../pieces/relative-time.ts';
import styles from './as-of.module.css';

interface Props {
  at: string | undefined;
  set: (at: string | undefined) => void;
}

/** Chooses the moment the software is shown of; empty means now. */
export function AsOf({ at, set }: Props) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id} className="quiet">
        As of
      </label>
      <TextInput
        id={id}
        type="datetime-local"
        max={toField(new Date().toISOString())}
        value={at ? toField(at) : ''}
        onChange={({ currentTarget }) => set(fromField(currentTarget.value))}
      />
      {at && (
        <Button variant="default" onClick={() => set(undefined)}>
          Back to now
        </Button>
      )}
    </div>
  );
}

import { IconCheck, IconPoint } from '@tabler/icons-react';
import styles from './door.module.css';
import { passwordRules } from './password-rules.ts';

/** The rules of a password, each marked as soon as it is kept. */
export function PasswordRules({ id, password }: { id: string; password: string }) {
  return (
    <ul id={id} className={styles.rules}>
      {passwordRules.map(({ words, holds }) => {
        const held = holds(password);
        const Icon = held ? IconCheck : IconPoint;
        return (
          <li key={words} data-held={held || undefined}>
            <Icon size={14} aria-label={held ? 'kept:' : 'not yet:'} />
            {words}
          </li>
        );
      })}
    </ul>
  );
}

import { Link } from '@tanstack/react-router';
import styles from './policies.module.css';

/** The name of a policy as a link, and whether it is critical. */
export function PolicyName({
  policy: { id, name, critical },
}: {
  policy: { id: number; name: string; critical: boolean };
}) {
  return (
    <>
      <Link to="/policies/$id" params={{ id: `${id}` }} title={name}>
        {name}
      </Link>
      {critical && <span className={styles.tag}>critical</span>}
    </>
  );
}

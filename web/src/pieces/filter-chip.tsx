import { CloseButton, Skeleton } from '@mantine/core';
import styles from './filter-chip.module.css';

interface Props {
  /** "Software", "Operating system". */
  kind: string;
  /** Undefined while its name is being asked for. */
  name: string | undefined;
  remove: () => void;
}

/** A filter in plain words that can be taken away. */
export function FilterChip({ kind, name, remove }: Props) {
  return (
    <span className={styles.chip}>
      <span className="quiet">{kind}:</span>
      {name === undefined ? <Skeleton height={12} width={80} /> : <b>{name}</b>}
      <CloseButton size="sm" aria-label={`Remove the filter ${kind} ${name ?? ''}`} onClick={remove} />
    </span>
  );
}

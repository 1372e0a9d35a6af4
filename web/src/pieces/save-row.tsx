import { Button } from '@mantine/core';
import styles from './save-row.module.css';

interface Props {
  save: { isPending: boolean; isSuccess: boolean };
  label?: string;
}

/** Ends a form that is saved as a whole: the button, and whether it was saved. */
export const SaveRow = ({ save, label = 'Save' }: Props) => (
  <div className={styles.row}>
    <Button type="submit" loading={save.isPending}>
      {label}
    </Button>
    <span role="status" className="quiet">
      {save.isSuccess && 'Saved'}
    </span>
  </div>
);

import { Button } from '@mantine/core';
import styles from './save-row.module.css';

/** Ends a form that is saved as a whole: the button, and whether it was saved. */
export const SaveRow = ({ save }: { save: { isPending: boolean; isSuccess: boolean } }) => (
  <div className={styles.row}>
    <Button type="submit" loading={save.isPending}>
      Save
    </Button>
    <span role="status" className="quiet">
      {save.isSuccess && 'Saved'}
    </span>
  </div>
);

import { version } from '@flotilla/contract/server';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import styles from './help.module.css';
import { shortcutHelp } from './shortcuts.ts';

/** The keyboard shortcuts, and which Flotilla this is. */
export default function Help({ close }: { close: () => void }) {
  const { data } = useQuery(ask(version, {}));
  return (
    <Modal
      opened
      onClose={close}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      <dl className={styles.keys}>
        {shortcutHelp.map(({ keys, does }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {data && <p className={`quiet ${styles.about}`}>Flotilla {data.version}</p>}
    </Modal>
  );
}

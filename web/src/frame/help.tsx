import { version } from '@flotilla/contract/server';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { Dialog } from '../pieces/dialog.tsx';
import styles from './help.module.css';
import { shortcutHelp } from './shortcuts.ts';

/** The keyboard shortcuts, and which Flotilla this is. */
export default function Help({ close }: { close: () => void }) {
  const { data } = useQuery(ask(version, {}));
  return (
    <Dialog title="Keyboard shortcuts" close={close}>
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
    </Dialog>
  );
}

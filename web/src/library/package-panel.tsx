import { getPackage, type Package } from '@flotilla/contract/packages';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { addressOf } from '../api/call.ts';
import { Command } from '../pieces/command.tsx';
import { Facts } from '../pieces/facts.tsx';
import { ScrollText } from '../pieces/scroll-text.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { bytes } from '../pieces/words.ts';
import { DeletePackage } from './delete-package.tsx';
import styles from './library.module.css';

/** One package: its facts, its file, its scripts, and the way to be rid of it. */
export function PackagePanel({ package: one, isNewest }: { package: Package; isNewest: boolean }) {
  return (
    <article className={`panel ${styles.package}`} aria-label={one.name}>
      <Facts
        facts={[
          ['File', one.name],
          ['Version', isNewest ? `${one.version}, the newest` : one.version],
          ['Size', bytes(one.size)],
          ['Uploaded', <TimeAgo key="at" at={one.uploaded_at} />],
          ['Installed where a policy fails', one.automatic_install_policies && <Policies key="by" of={one} />],
        ]}
      />
      <div className={styles.hash}>
        <span className="quiet">SHA-256</span>
        <Command text={one.hash_sha256} />
      </div>
      <Scripts of={one} />
      <footer>
        {isNewest && (
          <a
            href={addressOf(getPackage.path, { id: one.title_id }, { alt: 'media', installer_id: one.installer_id })}
            download={one.name}
          >
            <IconDownload size={14} aria-hidden /> Download {bytes(one.size)}
          </a>
        )}
        <DeletePackage package={one} />
      </footer>
    </article>
  );
}

function Policies({ of }: { of: Package }) {
  return of.automatic_install_policies?.map(({ id, name }, i) => (
    <span key={id}>
      {i > 0 && ', '}
      <Link to="/policies/$id" params={{ id: `${id}` }}>
        {name}
      </Link>
    </span>
  ));
}

function Scripts({ of }: { of: Package }) {
  const scripts = [
    ['Query before the installation', of.pre_install_query],
    ['Install script', of.install_script],
    ['Script after the installation', of.post_install_script],
    ['Uninstall script', of.uninstall_script],
  ] as const;
  const said = scripts.filter(([, text]) => text !== '');
  if (said.length === 0) return null;
  return (
    <details>
      <summary>Scripts</summary>
      {said.map(([name, text]) => (
        <div key={name}>
          <h4>{name}</h4>
          <ScrollText label={name}>{text}</ScrollText>
        </div>
      ))}
    </details>
  );
}

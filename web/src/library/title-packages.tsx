import type { Title } from '@flotilla/contract/software';
import { listBehind } from '@flotilla/contract/updates';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, liveMs } from '../api/queries.ts';
import { counted, number } from '../pieces/words.ts';
import { RolloutButton } from '../updates/rollout-button.tsx';
import styles from './library.module.css';
import { PackagePanel } from './package-panel.tsx';
import { StatusTiles } from './status-tiles.tsx';
import { UploadButton } from './upload-button.tsx';

const shownFirst = 3;

/** The packages of a title, how it stands with them, and who is behind. */
export default function TitlePackages({ title }: { title: Title }) {
  const [all, setAll] = useState(false);
  const newest = title.software_package;
  if (newest === null) {
    return (
      <section className={styles.section}>
        <h2>Library</h2>
        <div className={`panel ${styles.behind}`}>
          <span>Not in the library. With a package of it, it can be installed and updated on hosts.</span>
          <UploadButton quiet />
        </div>
      </section>
    );
  }
  // The newest first, and of the others what was added last.
  const others = title.packages.filter(({ installer_id }) => installer_id !== newest.installer_id).toReversed();
  return (
    <section className={styles.section}>
      <h2>Library</h2>
      <StatusTiles titleId={title.id} status={newest.status} />
      <BehindLine title={title} installerId={newest.installer_id} />
      {[newest, ...others].slice(0, all ? undefined : shownFirst).map((one) => (
        <PackagePanel key={one.installer_id} package={one} isNewest={one === newest} />
      ))}
      <div className={styles.more}>
        <UploadButton quiet>Upload another version</UploadButton>
        {!all && others.length >= shownFirst && (
          <Button variant="default" onClick={() => setAll(true)}>
            Show all {number(others.length + 1)} packages
          </Button>
        )}
      </div>
    </section>
  );
}

function BehindLine({ title, installerId }: { title: Title; installerId: number }) {
  const { data } = useQuery({ ...ask(listBehind, { query: { title_id: title.id } }), refetchInterval: liveMs });
  const behind = data?.behind[0];
  if (behind === undefined || behind.hosts_count === 0) return null;
  return (
    <div className={`panel ${styles.behind}`}>
      <span>
        {counted(behind.hosts_count, 'host')} {behind.hosts_count === 1 ? 'is' : 'are'} behind {behind.newest_version}
      </span>
      <RolloutButton
        target={{ title_id: title.id, title: title.display_name || title.name, installer_id: installerId }}
      >
        {`Update ${counted(behind.hosts_count, 'host')} to ${behind.newest_version}`}
      </RolloutButton>
    </div>
  );
}

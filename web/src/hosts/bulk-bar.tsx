import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { useFleetId, useFleets } from '../fleets/use-fleet.ts';
import { counted, number } from '../pieces/words.ts';
import styles from './bulk-bar.module.css';
import { type Chosen, nobody } from './chosen-hosts.ts';
import type { HostFilter } from './search.ts';

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));

export type BulkKind = 'move' | 'label' | 'refetch' | 'delete';

interface Props {
  chosen: Chosen;
  set: (chosen: Chosen) => void;
  /** How many hosts the filters find, and how many of them are on this page. */
  matching: number | undefined;
  onPage: number;
  filter: HostFilter;
}

/** What can be done with the chosen hosts; nothing while none is chosen. */
export function BulkBar({ chosen, set, matching = 0, onPage, filter }: Props) {
  const [kind, setKind] = useState<BulkKind>();
  const fleet_id = useFleetId();
  const hasFleets = useFleets().length > 0;
  const mayManage = useMay('hosts:manage', 'somewhere');
  const mayWrite = useMay('hosts:write', 'somewhere');
  const count = chosen.isAll ? matching : chosen.ids.size;
  if (count === 0 && !kind) return null;
  const isWholePage = !chosen.isAll && chosen.ids.size >= onPage && matching > chosen.ids.size;
  return (
    <section className={styles.bar} aria-label="Chosen hosts">
      <span role="status">
        <b>{chosen.isAll ? `All ${number(matching)} that match` : counted(count, 'host')}</b> selected
      </span>
      {isWholePage && (
        <Button variant="subtle" onClick={() => set({ ids: new Set(), isAll: true })}>
          Select all {number(matching)} that match
        </Button>
      )}
      <span className={styles.buttons}>
        {mayManage && hasFleets && (
          <Button variant="default" onClick={() => setKind('move')}>
            Move
          </Button>
        )}
        {mayWrite && (
          <>
            <Button variant="default" onClick={() => setKind('label')}>
              Label
            </Button>
            <Button variant="default" onClick={() => setKind('refetch')}>
              Refetch
            </Button>
          </>
        )}
        {mayManage && (
          <Button variant="default" onClick={() => setKind('delete')}>
            Delete
          </Button>
        )}
        <Button variant="subtle" onClick={() => set(nobody)}>
          Select none
        </Button>
      </span>
      {kind && (
        <Suspense>
          <BulkDialog
            kind={kind}
            chosen={chosen}
            filter={{ ...filter, fleet_id }}
            close={(isDone) => {
              setKind(undefined);
              if (isDone) set(nobody);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

import { installSoftware, uninstallSoftware } from '@flotilla/contract/tasks';
import { listBehind } from '@flotilla/contract/updates';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { whyFailed } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask, liveMs } from '../api/queries.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { hostQuery } from './host-query.ts';
import styles from './library.module.css';
import { type Action, actionsOf, actionWord, differs, isRemoval, type LibraryRow } from './library-row.ts';

/** The buttons of one title: installing starts at once, taking away asks first. */
export function LibraryActions({ hostId, row }: { hostId: number; row: LibraryRow }) {
  const { data } = useQuery(hostQuery(hostId));
  const may = useMay('hosts:install', data?.host.fleet_id ?? null);
  const actions = actionsOf(row, useIsOlder(row));
  const [asking, setAsking] = useState<Action>();
  const act = useAct(hostId, row.title.id);
  const version = row.title.software_package?.version ?? '';
  const name = row.title.display_name || row.title.name;
  if (!may) return <span className="quiet">—</span>;
  // Another question may have been opened meanwhile: an answer closes only its own.
  const run = (action: Action) =>
    act.mutate(action, { onSuccess: () => setAsking((now) => (now === action ? undefined : now)) });
  return (
    <span className={styles.actions}>
      {act.error && asking === undefined && (
        <span className={styles.bad} role="alert">
          {whyFailed(act.error)}
        </span>
      )}
      {actions.map((action) => (
        <Button
          key={action}
          size="compact-sm"
          variant="default"
          aria-label={`${actionWord(action, version)} ${name}`}
          loading={act.isPending && act.variables === action}
          onClick={() => (isRemoval(action) ? setAsking(action) : run(action))}
        >
          {actionWord(action, version)}
        </Button>
      ))}
      {asking && (
        <Confirm
          title={`Uninstall ${name} from this host?`}
          verb={`Uninstall ${name}`}
          danger
          run={() => run(asking)}
          isRunning={act.isPending && act.variables === asking}
          error={act.variables === asking ? act.error : null}
          close={() => setAsking(undefined)}
        >
          <p>
            The uninstall script of its package runs on the host as soon as the host takes it. Until then it can be
            cancelled; afterwards only installing it again brings it back.
          </p>
        </Confirm>
      )}
    </span>
  );
}

function useAct(id: number, software_title_id: number) {
  const queries = useQueryClient();
  const params = { id, software_title_id };
  return useMutation({
    mutationFn: (action: Action) =>
      isRemoval(action) ? call(uninstallSoftware, { params }) : call(installSoftware, { params }),
    // Only once the list knows of the task may the button go back to rest.
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Whether what the host has is older than the library; only the server compares versions. */
function useIsOlder({ title }: LibraryRow): boolean {
  const { data } = useQuery({
    ...ask(listBehind, { query: { title_id: title.id } }),
    enabled: differs(title),
    // Counts follow an inventory by a moment.
    refetchInterval: liveMs,
  });
  const older = data?.behind.flatMap(({ versions }) => versions.map(({ version }) => version)) ?? [];
  return title.installed_versions.some(({ version }) => older.includes(version));
}

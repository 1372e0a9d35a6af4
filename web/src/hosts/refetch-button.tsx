import { type HostDetail, refetchHost } from '@flotilla/contract/hosts';
import { Button, Loader } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { explanation } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { useNow } from '../pieces/now.ts';
import { waitingFor } from './host-health.ts';
import styles from './refetch-button.module.css';

type Times = Pick<HostDetail, 'detail_updated_at' | 'software_updated_at'>;

/** Asks the host for its inventory now, and says what it waits for until new data came. */
export function RefetchButton({ host }: { host: HostDetail }) {
  const queries = useQueryClient();
  const now = useNow();
  const [before, setBefore] = useState<Times>();
  const refetch = useMutation({
    mutationFn: () => call(refetchHost, { params: { id: host.id } }),
    onMutate: () =>
      setBefore({ detail_updated_at: host.detail_updated_at, software_updated_at: host.software_updated_at }),
    onSettled: () => queries.invalidateQueries(),
    onError: () => setBefore(undefined),
  });
  const renewed = before !== undefined && !host.refetch_requested && isNewer(host, before);
  useEffect(() => {
    if (renewed) void queries.invalidateQueries();
  }, [renewed, queries]);
  const waiting = refetch.isPending || host.refetch_requested || (before !== undefined && !renewed);
  return (
    <div className={styles.refetch}>
      <Button
        variant="default"
        aria-disabled={waiting}
        leftSection={waiting ? <Loader size={16} aria-hidden /> : <IconRefresh size={16} aria-hidden />}
        onClick={() => !waiting && refetch.mutate()}
      >
        {waiting ? 'Refetching' : 'Refetch'}
      </Button>
      <span className="quiet" role="status">
        {refetch.error
          ? explanation(refetch.error)
          : waiting
            ? waitingFor(host, now)
            : renewed
              ? 'Fresh inventory received'
              : ''}
      </span>
    </div>
  );
}

const isNewer = (now: Times, before: Times) =>
  now.detail_updated_at !== before.detail_updated_at || now.software_updated_at !== before.software_updated_at;

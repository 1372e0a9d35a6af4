import { getFleetExposure, setFleetExposure } from '@flotilla/contract/due';
import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import styles from '../settings/settings.module.css';

const choices = [
  { value: 'null', label: 'Nobody said: the strictest dates hold' },
  { value: 'true', label: 'Yes, from the internet' },
  { value: 'false', label: 'No' },
];

/** Whether the hosts of a fleet can be reached from the internet, which decides how soon findings are due. */
export function ExposureChoice({ fleetId }: { fleetId: number }) {
  const asked = useQuery(ask(getFleetExposure, { params: { id: fleetId } }));
  const mayChange = useMay('policies:write', fleetId);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (is_exposed: boolean | null) =>
      call(setFleetExposure, { params: { id: fleetId }, body: { is_exposed } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [getFleetExposure.path] }),
  });
  if (asked.error) {
    return <Trouble what="The exposure could not be loaded" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!asked.data) return <PanelSkeleton lines={2} />;
  return (
    <section className={styles.section}>
      <h2>Reachable from the internet</h2>
      <NativeSelect
        aria-label="Reachable from the internet"
        description="Findings on hosts that attackers can reach are due sooner. Due dates follow within seconds."
        data={choices}
        value={String(asked.data.is_exposed)}
        disabled={!mayChange || save.isPending}
        error={save.error?.message}
        onChange={({ currentTarget: { value } }) => save.mutate(value === 'null' ? null : value === 'true')}
      />
    </section>
  );
}

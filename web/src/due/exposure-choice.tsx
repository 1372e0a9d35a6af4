import { getFleetExposure, getLabelExposure, setFleetExposure, setLabelExposure } from '@flotilla/contract/due';
import type { ResponseOf } from '@flotilla/contract/route';
import { NativeSelect } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../accounts/may.ts';
import { whyFailed } from '../api/api-error.ts';
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

const inLabel = [{ value: 'null', label: 'Nobody said: the fleet of a host decides' }, ...choices.slice(1)];

/** Whether the hosts of a fleet can be reached from the internet, which decides how soon findings are due. */
export function FleetExposure({ fleetId }: { fleetId: number }) {
  return (
    <ExposureChoice
      asked={useQuery(ask(getFleetExposure, { params: { id: fleetId } }))}
      mayChange={useMay('policies:write', fleetId)}
      data={choices}
      save={(is_exposed) => call(setFleetExposure, { params: { id: fleetId }, body: { is_exposed } })}
    />
  );
}

/** The same of the hosts with a label: a host is reachable if its fleet or any label of it says so. */
export function LabelExposure({ labelId, fleetId }: { labelId: number; fleetId: number | null }) {
  return (
    <ExposureChoice
      asked={useQuery(ask(getLabelExposure, { params: { id: labelId } }))}
      mayChange={useMay('labels:write', fleetId ?? 'everywhere')}
      data={inLabel}
      save={(is_exposed) => call(setLabelExposure, { params: { id: labelId }, body: { is_exposed } })}
    />
  );
}

type Exposure = ResponseOf<typeof getFleetExposure>;

interface Props {
  asked: UseQueryResult<Exposure>;
  mayChange: boolean;
  data: typeof choices;
  save: (isExposed: boolean | null) => Promise<Exposure>;
}

function ExposureChoice({ asked, mayChange, data, save }: Props) {
  const queries = useQueryClient();
  const saving = useMutation({ mutationFn: save, onSuccess: () => queries.invalidateQueries() });
  if (asked.error && !asked.data) {
    return <Trouble what="The exposure could not be loaded" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!asked.data) return <PanelSkeleton lines={2} />;
  return (
    <section className={styles.section}>
      <h2>Reachable from the internet</h2>
      <NativeSelect
        aria-label="Reachable from the internet"
        description="Findings on hosts that attackers can reach are due sooner. Due dates follow within a minute."
        maw={720}
        data={data}
        value={String(asked.data.is_exposed)}
        disabled={!mayChange || saving.isPending}
        error={saving.error && whyFailed(saving.error)}
        onChange={({ currentTarget: { value } }) => saving.mutate(value === 'null' ? null : value === 'true')}
      />
    </section>
  );
}

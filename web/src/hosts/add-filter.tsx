import { labelSummary } from '@flotilla/contract/labels';
import { listAllPolicies } from '@flotilla/contract/policies';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ask } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { platformName } from './platform-names.ts';
import type { HostFilter } from './search.ts';

const SoftwareFilter = lazy(() => import('./software-filter.tsx'));
const platforms = ['linux', 'darwin', 'windows', 'chrome', 'ios', 'ipados', 'android'];
const disks = [5, 10, 32, 100];
const policiesShown = 200;
const fixed = { staleTime: 60_000 };

/** Narrows the list by one thing more: each becomes a chip that can be taken away. */
export function AddFilter({ change }: { change: (filter: HostFilter) => void }) {
  const fleet_id = useFleetId();
  const [choosing, setChoosing] = useState(false);
  const labels = useQuery({ ...ask(labelSummary, { query: { fleet_id } }), ...fixed });
  const policies = useQuery({
    ...ask(listAllPolicies, {
      query: { per_page: policiesShown, order_key: 'failing_host_count', order_direction: 'desc' },
    }),
    ...fixed,
  });
  const groups = [
    { group: 'Platform', items: platforms.map((value) => option(`platform ${value}`, platformName(value))) },
    {
      group: 'Label',
      items: (labels.data?.labels ?? []).map(({ id, name }) => option(`label_id ${id}`, name)),
    },
    {
      group: 'Fails the policy',
      items: (policies.data?.policies ?? []).map(({ id, name }) => option(`policy_id ${id}`, name)),
    },
    { group: 'Free disk', items: disks.map((gb) => option(`low_disk_space ${gb}`, `less than ${gb} GB`)) },
  ].filter(({ items }) => items.length > 0);
  return (
    <>
      <NativeSelect
        aria-label="Add a filter"
        data={[{ value: '', label: 'Add a filter' }, option('software', 'Software…'), ...groups]}
        value=""
        onChange={({ currentTarget: { value } }) =>
          value === 'software' ? setChoosing(true) : change(filterIn(value))
        }
      />
      {choosing && (
        <Suspense>
          <SoftwareFilter
            choose={(software_title_id) => {
              change({ software_title_id });
              setChoosing(false);
            }}
            close={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </>
  );
}

const option = (value: string, label: string) => ({ value, label });

/** The filter an option stands for. */
function filterIn(value: string): HostFilter {
  const [kind, of = ''] = value.split(' ');
  if (kind === 'platform') return { platform: of };
  if (kind === 'label_id') return { label_id: Number(of) };
  if (kind === 'policy_id') return { policy_id: Number(of), policy_response: 'failing' };
  return kind === 'low_disk_space' ? { low_disk_space: Number(of) } : {};
}

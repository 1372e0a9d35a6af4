import { labelSummary } from '@flotilla/contract/labels';
import { getTitle, getVersion, listOsVersions } from '@flotilla/contract/software';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { FilterChip } from '../pieces/filter-chip.tsx';
import { policyQuery } from '../policies/policy-query.ts';
import { platformName } from './platform-names.ts';
import type { HostFilter, HostsSearch } from './search.ts';

interface Props {
  search: HostsSearch;
  change: (changes: HostFilter) => void;
}

/** What the list of hosts is narrowed by, in words. */
export function HostChips({ search, change }: Props) {
  const { software_title_id: title, software_version_id: version, os_version_id: os, label_id: label } = search;
  const { platform, policy_id: policy, low_disk_space: disk, vulnerability, action_id } = search;
  return (
    <>
      {platform && (
        <FilterChip
          kind="Platform"
          name={platform.split(',').map(platformName).join(', ')}
          remove={() => change({ platform: undefined })}
        />
      )}
      {label !== undefined && <LabelChip id={label} remove={() => change({ label_id: undefined })} />}
      {title !== undefined && <TitleChip id={title} remove={() => change({ software_title_id: undefined })} />}
      {version !== undefined && <VersionChip id={version} remove={() => change({ software_version_id: undefined })} />}
      {os !== undefined && <OsChip id={os} remove={() => change({ os_version_id: undefined })} />}
      {policy !== undefined && (
        <PolicyChip
          id={policy}
          kind={search.policy_response === 'passing' ? 'Passes' : 'Fails'}
          remove={() => change({ policy_id: undefined, policy_response: undefined })}
        />
      )}
      {action_id !== undefined && (
        <FilterChip kind="Concerned by" name={`action ${action_id}`} remove={() => change({ action_id: undefined })} />
      )}
      {vulnerability && (
        <FilterChip kind="Vulnerability" name={vulnerability} remove={() => change({ vulnerability: undefined })} />
      )}
      {disk !== undefined && (
        <FilterChip
          kind="Free disk"
          name={`less than ${disk} GB`}
          remove={() => change({ low_disk_space: undefined })}
        />
      )}
    </>
  );
}

interface ChipProps {
  id: number;
  remove: () => void;
}

const fixed = { staleTime: 60_000 };

function LabelChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(labelSummary, { query: {} }), ...fixed });
  const name = data?.labels.find((label) => label.id === id)?.name;
  return <FilterChip kind="Label" name={name ?? unknown(isError || data !== undefined, id)} remove={remove} />;
}

function PolicyChip({ id, kind, remove }: ChipProps & { kind: string }) {
  const { data, isError } = useQuery({ ...policyQuery(id), ...fixed });
  return <FilterChip kind={kind} name={data?.policy.name ?? unknown(isError, id)} remove={remove} />;
}

function TitleChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(getTitle, { params: { id } }), ...fixed });
  const title = data?.software_title;
  return (
    <FilterChip kind="Software" name={title?.display_name || title?.name || unknown(isError, id)} remove={remove} />
  );
}

function VersionChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(getVersion, { params: { id } }), ...fixed });
  const name = data && `${data.software.display_name || data.software.name} ${data.software.version}`;
  return <FilterChip kind="Software" name={name ?? unknown(isError, id)} remove={remove} />;
}

function OsChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(listOsVersions, { query: { per_page: 500 } }), ...fixed });
  const name = data?.os_versions.find((os) => os.os_version_id === id)?.name;
  return (
    <FilterChip kind="Operating system" name={name ?? unknown(isError || data !== undefined, id)} remove={remove} />
  );
}

const unknown = (known: boolean, id: number) => (known ? `number ${id}` : undefined);

import type { Role } from '@flotilla/contract/accounts';
import { CloseButton, NativeSelect } from '@mantine/core';
import { useMay } from '../accounts/may.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import styles from '../settings/settings.module.css';
import { RoleMatrix } from './role-matrix.tsx';
import { isRole, type RoleDraft, roleChoices } from './roles.ts';

interface Props {
  draft: RoleDraft;
  set: (draft: RoleDraft) => void;
  error?: string;
}

/** A role in every fleet, or one in each of some. */
export function RoleFields({ draft, set, error }: Props) {
  const mayGiveAll = useMay('people:write');
  const isEverywhere = draft.global !== null;
  return (
    <>
      {mayGiveAll && (
        <NativeSelect
          label="Where"
          data={[
            { value: 'all', label: 'In every fleet' },
            { value: 'some', label: 'In some fleets' },
          ]}
          value={isEverywhere ? 'all' : 'some'}
          onChange={({ currentTarget }) => set({ ...draft, global: currentTarget.value === 'all' ? 'observer' : null })}
        />
      )}
      {isEverywhere ? (
        <NativeSelect
          label="Role"
          data={roleChoices}
          value={draft.global ?? 'observer'}
          error={error}
          onChange={({ currentTarget: { value } }) => set({ ...draft, global: isRole(value) ? value : null })}
        />
      ) : (
        <FleetRoles draft={draft} set={set} error={error} />
      )}
      <RoleMatrix />
    </>
  );
}

function FleetRoles({ draft, set, error }: Props) {
  const fleets = useFleets();
  const nameOf = (id: number) => fleets.find((fleet) => fleet.id === id)?.name ?? `Fleet ${id}`;
  const free = fleets.filter(({ id }) => !draft.fleets.some((chosen) => chosen.id === id));
  const put = (id: number, role: Role) =>
    set({ ...draft, fleets: draft.fleets.map((fleet) => (fleet.id === id ? { id, role } : fleet)) });
  return (
    <>
      {draft.fleets.map(({ id, role }) => (
        <div key={id} className={styles.row}>
          <NativeSelect
            label={`Role in ${nameOf(id)}`}
            data={roleChoices}
            value={role}
            onChange={({ currentTarget: { value } }) => isRole(value) && put(id, value)}
          />
          <CloseButton
            mt={20}
            aria-label={`Take the role in ${nameOf(id)} away`}
            onClick={() => set({ ...draft, fleets: draft.fleets.filter((fleet) => fleet.id !== id) })}
          />
        </div>
      ))}
      {(free.length > 0 || error) && (
        <NativeSelect
          label="Add a fleet"
          data={[
            { value: '', label: 'Choose a fleet' },
            ...free.map(({ id, name }) => ({ value: `${id}`, label: name })),
          ]}
          value=""
          error={error}
          onChange={({ currentTarget: { value } }) =>
            value !== '' && set({ ...draft, fleets: [...draft.fleets, { id: Number(value), role: 'observer' }] })
          }
        />
      )}
      {fleets.length === 0 && <p className="quiet">There is no fleet yet: make one first, in the settings.</p>}
    </>
  );
}

import { listLabels } from '@flotilla/contract/labels';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api/queries.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import { Failure } from '../pieces/failure.tsx';
import { counted } from '../pieces/words.ts';
import type { BulkKind } from './bulk-bar.tsx';

export interface BulkDraft {
  /** The id of the fleet to move to. */
  fleet: string;
  /** The name of the label. */
  label: string;
  takeOff: boolean;
}

export const emptyBulk: BulkDraft = { fleet: '', label: '', takeOff: false };

/** Whether something is still to be chosen. */
export const lacks = (kind: BulkKind, { fleet, label }: BulkDraft): boolean =>
  (kind === 'move' && fleet === '') || (kind === 'label' && label === '');

interface Props {
  kind: BulkKind;
  draft: BulkDraft;
  set: (draft: BulkDraft) => void;
  count: number;
}

/** What an action needs to know, and what it does. */
export function BulkFields({ kind, draft, set, count }: Props) {
  if (kind === 'move') return <MoveFields draft={draft} set={set} />;
  if (kind === 'label') return <LabelFields draft={draft} set={set} />;
  if (kind === 'refetch') {
    return (
      <p>
        {count === 1 ? 'The host is' : `The ${counted(count, 'host')} are`} asked for a whole inventory: those online
        within a minute, the others when they come back.
      </p>
    );
  }
  return (
    <ul>
      <li>
        {count === 1 ? 'It leaves' : 'They leave'} every list and count. What was installed on{' '}
        {count === 1 ? 'it' : 'them'} stays in the history.
      </li>
      <li>
        Nothing on the {count === 1 ? 'host itself is' : 'hosts themselves is'} uninstalled. Waiting tasks are
        cancelled.
      </li>
      <li>A host that still runs its agent enrols again by itself, as long as its secret holds.</li>
    </ul>
  );
}

function MoveFields({ draft, set }: Pick<Props, 'draft' | 'set'>) {
  const fleets = useFleets();
  return (
    <>
      <NativeSelect
        label="To the fleet"
        required
        withAsterisk={false}
        data={[
          { value: '', label: 'Choose a fleet' },
          ...fleets.map(({ id, name }) => ({ value: `${id}`, label: name })),
        ]}
        value={draft.fleet}
        onChange={({ currentTarget }) => set({ ...draft, fleet: currentTarget.value })}
      />
      <p>
        From then on its policies, labels and packages apply instead of those of the fleet they leave, and the people of
        that fleet see them. Nothing is uninstalled. They can be moved back.
      </p>
    </>
  );
}

function LabelFields({ draft, set }: Pick<Props, 'draft' | 'set'>) {
  const asked = useQuery(ask(listLabels, { query: { include_host_counts: false, per_page: 500 } }));
  const manual = (asked.data?.labels ?? []).filter(
    (label) => label.label_membership_type === 'manual' && label.label_type === 'regular',
  );
  if (asked.error) return <Failure error={asked.error} />;
  if (asked.data && manual.length === 0) {
    return (
      <p>
        There is no label that is put on by hand. <Link to="/settings/labels">Make one</Link> first.
      </p>
    );
  }
  return (
    <>
      <NativeSelect
        label="What"
        data={[
          { value: 'put', label: 'Put the label on' },
          { value: 'take', label: 'Take the label off' },
        ]}
        value={draft.takeOff ? 'take' : 'put'}
        onChange={({ currentTarget }) => set({ ...draft, takeOff: currentTarget.value === 'take' })}
      />
      <NativeSelect
        label="Label"
        required
        withAsterisk={false}
        data={[{ value: '', label: 'Choose a label' }, ...manual.map(({ name }) => ({ value: name, label: name }))]}
        value={draft.label}
        onChange={({ currentTarget }) => set({ ...draft, label: currentTarget.value })}
      />
    </>
  );
}

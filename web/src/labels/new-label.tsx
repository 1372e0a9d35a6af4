import { type Criteria, createLabel } from '@flotilla/contract/labels';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { hostNames, vitalNames } from './label-words.ts';

const kinds = ['dynamic', 'manual', 'host_vitals'] as const;
const kindChoices = [
  { value: 'dynamic', label: 'By a query on the host' },
  { value: 'manual', label: 'By hand: a list of hosts' },
  { value: 'host_vitals', label: 'By what the server knows of a host' },
];
const vitals = ['platform', 'os_version', 'hostname', 'hardware_serial'] as const;

interface Draft {
  kind: (typeof kinds)[number];
  fleet: string;
  name: string;
  description: string;
  query: string;
  platform: string;
  hosts: string;
  vital: Criteria['vital'];
  value: string;
}

const start: Draft = {
  kind: 'dynamic',
  fleet: '',
  name: '',
  description: '',
  query: '',
  platform: '',
  hosts: '',
  vital: 'hostname',
  value: '',
};

/** Makes a label and leads to it. */
export default function NewLabel({ close }: { close: () => void }) {
  const [draft, setDraft] = useState(start);
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const make = useMake();
  const fields = ['name', 'description', 'query', 'platform', 'hosts', 'value', 'criteria', 'fleet_id'];
  const reasons = reasonsByField(make.error, fields);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate(draft);
  };
  return (
    <Dialog title="New label" close={close} wide hold={make.isPending}>
      <form className={dialog.form} onSubmit={submit}>
        <NativeSelect
          label="Hosts become members"
          data={kindChoices}
          value={draft.kind}
          onChange={({ currentTarget }) => set({ kind: oneOf(currentTarget.value, kinds) ?? 'dynamic' })}
        />
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={255}
          autoComplete="off"
          value={draft.name}
          error={reasons.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <TextInput
          label="Description"
          autoComplete="off"
          value={draft.description}
          error={reasons.description}
          onChange={({ currentTarget }) => set({ description: currentTarget.value })}
        />
        <FleetField draft={draft} set={set} error={reasons.fleet_id} />
        <RuleFields draft={draft} set={set} reasons={reasons} />
        {reasons.base && <Failure error={make.error} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the label
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
}

function FleetField({ draft, set, error }: FieldProps & { error?: string }) {
  const fleets = useFleets().filter(({ id }) => id !== 0);
  const mayEverywhere = useMay('labels:write');
  if (fleets.length === 0) return null;
  return (
    <NativeSelect
      label="Hosts of"
      required={!mayEverywhere}
      withAsterisk={false}
      data={[
        { value: '', label: mayEverywhere ? 'Every fleet' : 'Choose a fleet' },
        ...fleets.map(({ id, name }) => ({ value: `${id}`, label: name })),
      ]}
      value={draft.fleet}
      error={error}
      onChange={({ currentTarget }) => set({ fleet: currentTarget.value })}
    />
  );
}

function RuleFields({ draft, set, reasons }: FieldProps & { reasons: Record<string, string> }) {
  if (draft.kind === 'manual') {
    return (
      <Textarea
        label="Hosts"
        description="Names, serial numbers or UUIDs, one a line. More can be added later, in the list of hosts."
        rows={4}
        value={draft.hosts}
        error={reasons.hosts}
        onChange={({ currentTarget }) => set({ hosts: currentTarget.value })}
      />
    );
  }
  if (draft.kind === 'host_vitals') {
    return (
      <>
        <NativeSelect
          label="What"
          data={vitals.map((value) => ({ value, label: vitalNames[value] }))}
          value={draft.vital}
          error={reasons.criteria}
          onChange={({ currentTarget }) => set({ vital: oneOf(currentTarget.value, vitals) ?? 'hostname' })}
        />
        <TextInput
          label="Is"
          description="* stands for any text: build-*"
          required
          withAsterisk={false}
          maxLength={255}
          autoComplete="off"
          value={draft.value}
          error={reasons.value}
          onChange={({ currentTarget }) => set({ value: currentTarget.value })}
        />
      </>
    );
  }
  return (
    <Textarea
      label="Query"
      description="In the SQL of osquery. A host is a member while it finds a row: SELECT 1 FROM apps WHERE name = 'Figma.app'"
      required
      withAsterisk={false}
      rows={4}
      value={draft.query}
      error={reasons.query}
      onChange={({ currentTarget }) => set({ query: currentTarget.value })}
    />
  );
}

function useMake() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (draft: Draft) => {
      const named = {
        name: draft.name.trim(),
        description: draft.description.trim(),
        fleet_id: draft.fleet === '' ? undefined : Number(draft.fleet),
      };
      if (draft.kind === 'manual') return call(createLabel, { body: { ...named, hosts: hostNames(draft.hosts) } });
      if (draft.kind === 'host_vitals') {
        return call(createLabel, { body: { ...named, criteria: { vital: draft.vital, value: draft.value.trim() } } });
      }
      return call(createLabel, { body: { ...named, query: draft.query } });
    },
    onSuccess: async ({ label }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/settings/labels/$id', params: { id: `${label.id}` } });
    },
  });
}

import { changeFleet, type Fleet } from '@flotilla/contract/fleets';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { CheckField } from '../pieces/check-field.tsx';
import { Failure } from '../pieces/failure.tsx';
import { NumberField } from '../pieces/number-field.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import styles from '../settings/settings.module.css';

interface Draft {
  name: string;
  description: string;
  expires: boolean;
  days: number | null;
}

const usualDays = 30;
const draftOf = ({ name, description, host_expiry_settings: expiry }: Fleet): Draft => ({
  name,
  description,
  expires: expiry.host_expiry_enabled,
  days: expiry.host_expiry_window || usualDays,
});

/** Changes a fleet: its name, and when its hosts are forgotten. */
export function FleetForm({ fleet }: { fleet: Fleet }) {
  const [draft, setDraft] = useState(() => draftOf(fleet));
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const save = useSave(fleet.id);
  const reasons = reasonsByField(save.error, ['name', 'description', 'host_expiry_window']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(draft);
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={255}
        value={draft.name}
        error={reasons.name}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <TextInput
        label="Description"
        maxLength={1023}
        value={draft.description}
        error={reasons.description}
        onChange={({ currentTarget }) => set({ description: currentTarget.value })}
      />
      <CheckField
        label="Delete hosts that have been silent"
        about="A host that comes back afterwards enrols again, with its history."
        checked={draft.expires}
        set={(expires) => set({ expires })}
      />
      {draft.expires && (
        <NumberField
          label="Days without a word"
          min={1}
          max={36_500}
          value={draft.days}
          error={reasons.host_expiry_window}
          set={(days) => set({ days })}
        />
      )}
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

function useSave(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, description, expires, days }: Draft) =>
      call(changeFleet, {
        params: { id },
        body: {
          name: name.trim(),
          description: description.trim(),
          host_expiry_settings: { host_expiry_enabled: expires, host_expiry_window: days ?? undefined },
        },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

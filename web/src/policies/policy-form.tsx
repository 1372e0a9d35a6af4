import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { nextStep, reasonsByField } from '../api/api-error.ts';
import styles from './policies.module.css';
import { type Draft, missing, savePolicy } from './policy-draft.ts';
import { RuleFields } from './rule-fields.tsx';
import { TitleChoice } from './title-choice.tsx';

const fields = ['name', 'query', 'description', 'resolution', 'platform', 'minimum_version', 'software_title_id'];
const platforms = [
  { value: '', label: 'Every platform' },
  { value: 'linux', label: 'Linux' },
  { value: 'darwin', label: 'macOS' },
  { value: 'windows', label: 'Windows' },
  { value: 'chrome', label: 'ChromeOS' },
];

interface Props {
  start: Draft;
  /** Absent for a new one. */
  id?: number;
}

/** Writes a policy: what should hold, on which hosts, and what to do where it does not. */
export function PolicyForm({ start, id }: Props) {
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const save = useSave(id);
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const lacks = missing(draft);
  const reasons = reasonsByField(save.error, fields);
  const shown = tried ? lacks : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(lacks).length === 0 && !save.isPending) save.mutate(draft);
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit} noValidate>
      <RuleFields draft={draft} set={set} isNew={id === undefined} lacks={shown} reasons={reasons} />
      <TextInput
        label="Name"
        maxLength={255}
        value={draft.name}
        error={shown.name ?? reasons.name}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <Words draft={draft} set={set} reasons={reasons} />
      <NativeSelect
        label="Platforms"
        data={platforms.some(({ value }) => value === draft.platform) ? platforms : [...platforms, draft.platform]}
        value={draft.platform}
        error={reasons.platform}
        onChange={({ currentTarget }) => set({ platform: currentTarget.value })}
      />
      <TitleChoice
        label="Install when it begins to fail"
        about="A title of the library; nothing when empty"
        onlyLibrary
        chosen={draft.install}
        choose={(install) => set({ install })}
        error={draft.install ? reasons.software_title_id : undefined}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.critical}
          onChange={({ currentTarget }) => set({ critical: currentTarget.checked })}
        />
        Critical
      </label>
      {reasons.base && (
        <p className={styles.bad} role="alert">
          {reasons.base}. {nextStep(save.error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending || save.isSuccess}>
          {id === undefined ? 'Make the policy' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

interface WordsProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  reasons: Record<string, string>;
}

function Words({ draft, set, reasons }: WordsProps) {
  return (
    <>
      <Textarea
        label="What it is about"
        rows={2}
        value={draft.description}
        error={reasons.description}
        onChange={({ currentTarget }) => set({ description: currentTarget.value })}
      />
      <Textarea
        label="What to do where it fails"
        rows={2}
        value={draft.resolution}
        error={reasons.resolution}
        onChange={({ currentTarget }) => set({ resolution: currentTarget.value })}
      />
    </>
  );
}

function useSave(id: number | undefined) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (draft: Draft) => savePolicy(draft, id),
    onSuccess: async ({ policy }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/policies/$id', params: { id: `${policy.id}` } });
    },
  });
}

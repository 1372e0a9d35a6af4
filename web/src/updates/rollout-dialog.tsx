import { createRollout } from '@flotilla/contract/updates';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { useTypedCount } from '../pieces/confirm.tsx';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import { fieldsOf, fieldTrouble, type RolloutBody, type Target, type Typed } from './rollout-body.ts';
import { RolloutPreview } from './rollout-preview.tsx';
import styles from './updates.module.css';
import { usePreview } from './use-preview.ts';

interface Props {
  target: Target;
  close: () => void;
}

/** Plans a rollout: what it would do is shown while one types, and one click starts it. */
export default function RolloutDialog({ target, close }: Props) {
  const [typed, setTyped] = useState<Typed>({});
  const { asked, body, gate, isSettled } = usePreview(target, typed);
  const start = useStart();
  const preview = asked.data;
  const hosts = preview?.hosts_count ?? 0;
  const count = useTypedCount(hosts);
  const ready = isSettled && body !== undefined && hosts > 0 && count.isRight && !asked.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !start.isPending) start.mutate(body);
  };
  return (
    <Dialog title={`Roll out ${target.title}${target.cve ? ` for ${target.cve}` : ''}`} close={close} wide>
      <form className={dialog.form} onSubmit={submit}>
        <RolloutFields fields={fieldsOf(typed, gate)} trouble={fieldTrouble(typed)} set={setTyped} typed={typed} />
        {asked.error && (
          <Trouble what="The preview could not be made" error={asked.error} retry={() => void asked.refetch()} />
        )}
        {!asked.error && !preview && <PanelSkeleton lines={4} />}
        {preview && <RolloutPreview preview={preview} isOld={!isSettled} />}
        {count.field}
        <Failure error={start.error} />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" disabled={!ready} loading={start.isPending || start.isSuccess}>
            {hosts > 0 ? `Start on ${counted(hosts, 'host')}` : 'Start'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useStart() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: RolloutBody) => call(createRollout, { body }),
    onSuccess: async ({ rollout }) => {
      void queries.invalidateQueries();
      await navigate({ to: '/updates/rollouts/$id', params: { id: `${rollout.id}` } });
    },
  });
}

interface FieldsProps {
  fields: Required<Typed>;
  trouble: Typed;
  typed: Typed;
  set: (typed: Typed) => void;
}

function RolloutFields({ fields, trouble, typed, set }: FieldsProps) {
  const field = (name: keyof Typed) => ({
    value: fields[name],
    error: trouble[name],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      set({ ...typed, [name]: currentTarget.value }),
  });
  return (
    <div className={styles.fields}>
      <TextInput label="First ring, % of the hosts" {...field('percent')} />
      <TextInput label="A ring passes at, % of its hosts" {...field('share')} />
      <TextInput label="and at least, hosts" {...field('successes')} />
    </div>
  );
}

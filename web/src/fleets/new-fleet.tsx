import { createFleet } from '@flotilla/contract/fleets';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';

/** Makes a fleet and leads to it, where its enrol secret is. */
export default function NewFleet({ close }: { close: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () => call(createFleet, { body: { name: name.trim(), description: description.trim() } }),
    onSuccess: async ({ fleet }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/settings/fleets/$id', params: { id: `${fleet.id}` } });
    },
  });
  const reasons = reasonsByField(make.error, ['name', 'description']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  return (
    <Dialog title="New fleet" close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={255}
          autoComplete="off"
          value={name}
          error={reasons.name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Description"
          maxLength={1023}
          autoComplete="off"
          value={description}
          error={reasons.description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        {reasons.base && <Failure error={make.error} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the fleet
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

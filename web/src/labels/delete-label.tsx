import { deleteLabelById, type LabelDetail } from '@flotilla/contract/labels';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { counted } from '../pieces/words.ts';

/** Deletes a label, after a question. */
export function DeleteLabel({ label: { id, name, count } }: { label: LabelDetail }) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call(deleteLabelById, { params: { id } }),
    onSuccess: async () => {
      // The list must not open with what it held before.
      queries.removeQueries({ type: 'inactive' });
      await navigate({ to: '/settings/labels' });
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Delete
      </Button>
      {open && (
        <Confirm
          title={`Delete the label ${name}?`}
          verb="Delete the label"
          run={() => remove.mutate()}
          isRunning={remove.isPending}
          error={remove.error}
          close={() => setOpen(false)}
          danger
        >
          <p>It goes from {counted(count, 'host')}; the hosts stay as they are. There is no undo.</p>
        </Confirm>
      )}
    </>
  );
}

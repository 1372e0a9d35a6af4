import { deleteFleet, type Fleet } from '@flotilla/contract/fleets';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { Confirm, useTypedCount } from '../pieces/confirm.tsx';
import { counted } from '../pieces/words.ts';

/** Deletes a fleet; says first what becomes of its hosts and people. */
export function DeleteFleet({ fleet }: { fleet: Fleet }) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const typed = useTypedCount(fleet.host_count);
  const remove = useMutation({
    mutationFn: () => call(deleteFleet, { params: { id: fleet.id } }),
    onSuccess: async () => {
      // The list must not open with what it held before.
      queries.removeQueries({ type: 'inactive' });
      await navigate({ to: '/settings/fleets', search: { fleet_id: undefined } });
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
          title={`Delete the fleet ${fleet.name}?`}
          verb="Delete the fleet"
          run={() => typed.isRight && remove.mutate()}
          isRunning={remove.isPending}
          error={remove.error}
          close={() => setOpen(false)}
          danger
        >
          <ul>
            <li>
              {counted(fleet.host_count, 'host')} {fleet.host_count === 1 ? 'is' : 'are'} in no fleet afterwards.
              Nothing is uninstalled, and their history stays.
            </li>
            <li>{counted(fleet.user_count, 'person loses', 'people lose')} their role in it.</li>
            <li>Its own policies and labels go with it.</li>
            <li>Its secrets enrol nobody any more. There is no undo.</li>
          </ul>
          {typed.field}
        </Confirm>
      )}
    </>
  );
}

import { deletePackage, type Package } from '@flotilla/contract/packages';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { counted } from '../pieces/words.ts';

/** Takes one package out of the library, after saying what that does and what it does not. */
export function DeletePackage({ package: one }: { package: Package }) {
  const may = useMay('software:write', one.fleet_id);
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { title_id: id, installer_id, status, automatic_install_policies: policies } = one;
  const remove = useMutation({
    mutationFn: () => call(deletePackage, { params: { id }, query: { installer_id, fleet_id: one.fleet_id ?? 0 } }),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries();
    },
  });
  if (!may) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      {isAsking && (
        <Confirm
          title={`Delete ${one.name}?`}
          verb="Delete the package"
          danger
          run={() => remove.mutate()}
          isRunning={remove.isPending}
          error={remove.error}
          close={() => setAsking(false)}
        >
          <ul>
            <li>The file leaves the library; there is no undo but to upload it again.</li>
            <li>
              What is pending with it is cancelled: {counted(status.pending_install, 'installation')} of the title.
            </li>
            <li>Hosts that have it keep it, and what was found on them stays.</li>
            {policies !== null && policies.length > 0 && (
              <li>{counted(policies.length, 'policy', 'policies')} can no longer install it.</li>
            )}
          </ul>
        </Confirm>
      )}
    </>
  );
}

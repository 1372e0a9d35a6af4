import type { Policy } from '@flotilla/contract/policies';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Confirm } from '../pieces/confirm.tsx';
import { counted } from '../pieces/words.ts';
import { deletePolicy } from './policy-draft.ts';

/** Deletes a policy, after saying what goes with it. */
export function DeletePolicy({ policy }: { policy: Policy }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => deletePolicy(policy),
    onSuccess: async () => {
      await navigate({ to: '/policies' });
      await queries.invalidateQueries();
    },
  });
  const answers = policy.failing_host_count + policy.passing_host_count;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      {isAsking && (
        <Confirm
          title={`Delete ${policy.name}?`}
          verb="Delete the policy"
          danger
          run={() => remove.mutate()}
          isRunning={remove.isPending}
          error={remove.error}
          close={() => setAsking(false)}
        >
          <ul>
            <li>The answers of {counted(answers, 'host')} go with it; there is no undo.</li>
            <li>What it has installed stays, and what it has asked to install goes on.</li>
          </ul>
        </Confirm>
      )}
    </>
  );
}

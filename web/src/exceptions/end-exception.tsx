import { endException, type VulnerabilityException } from '@flotilla/contract/exceptions';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { scopeWords } from './exception-words.ts';

/** Ends an exception, after saying what then counts again. */
export function EndException({ exception }: { exception: VulnerabilityException }) {
  const { id, cve, scope } = exception;
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const mayWrite = useMay('exceptions:write', whereOf(scope));
  const end = useMutation({
    mutationFn: () => call(endException, { params: { id } }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries();
    },
  });
  if (!mayWrite) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        End
      </Button>
      {isOpen && (
        <Confirm
          title="End the exception"
          verb="End it"
          run={() => end.mutate()}
          isRunning={end.isPending}
          error={end.error}
          close={() => setOpen(false)}
        >
          <p>
            {cve ?? 'What was found in the software'} counts again on {scopeWords(scope)}. The exception stays on
            record.
          </p>
        </Confirm>
      )}
    </>
  );
}

/** Of a label or a host only the server knows the fleet. */
const whereOf = ({ kind, id }: VulnerabilityException['scope']) =>
  kind === 'everything' ? 'everywhere' : kind === 'fleet' ? id : 'somewhere';

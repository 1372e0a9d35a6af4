import type { Secret } from '@flotilla/contract/fleets';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../pieces/confirm.tsx';
import { NumberField } from '../pieces/number-field.tsx';
import { type Given, newSecret, saveSecrets } from './secrets.ts';

export interface SecretStep {
  kind: 'rotate' | 'quota' | 'delete';
  /** The secret it is about. */
  of: string;
}

interface Props {
  id: number;
  secrets: readonly Secret[];
  step: SecretStep;
  close: () => void;
}

const words = {
  rotate: { title: 'Rotate the secret?', verb: 'Rotate the secret' },
  quota: { title: 'How many hosts may enrol with it?', verb: 'Save' },
  delete: { title: 'Delete the secret?', verb: 'Delete the secret' },
};

/** Changes one secret and keeps the others. */
export function SecretDialog({ id, secrets, step: { kind, of }, close }: Props) {
  const [quota, setQuota] = useState(secrets.find(({ secret }) => secret === of)?.quota ?? null);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => saveSecrets(id, changed(secrets, { kind, of, quota })),
    onSuccess: async () => {
      await queries.invalidateQueries();
      close();
    },
  });
  return (
    <Confirm
      {...words[kind]}
      run={() => save.mutate()}
      isRunning={save.isPending}
      error={save.error}
      close={close}
      danger={kind !== 'quota'}
    >
      {kind === 'quota' ? (
        <NumberField
          label="Hosts"
          description="Empty: any number. Hosts that enrolled before are not counted, and stay."
          min={0}
          max={2_147_483_647}
          optional
          value={quota}
          set={setQuota}
        />
      ) : (
        <p>
          Nobody enrols with it any more{kind === 'rotate' ? ', but with a new one that takes its place' : ''}. Hosts
          that have enrolled stay as they are. There is no undo.
        </p>
      )}
    </Confirm>
  );
}

function changed(secrets: readonly Secret[], { kind, of, quota }: SecretStep & { quota: number | null }): Given[] {
  if (kind === 'delete') return secrets.filter(({ secret }) => secret !== of);
  return secrets.map((secret) => {
    if (secret.secret !== of) return secret;
    return kind === 'rotate' ? { secret: newSecret(), quota: secret.quota } : { secret: of, quota };
  });
}

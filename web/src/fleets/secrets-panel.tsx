import type { Secret } from '@flotilla/contract/fleets';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { Command } from '../pieces/command.tsx';
import { Failure } from '../pieces/failure.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import styles from '../settings/settings.module.css';
import { SecretDialog, type SecretStep } from './secret-dialog.tsx';
import { newSecret, quotaWords, saveSecrets, secretsQuery } from './secrets.ts';

/** The enrol secrets of a fleet: shown when asked for, rotated, bounded by a quota. */
export function SecretsPanel({ id }: { id: number }) {
  const asked = useQuery(secretsQuery(id));
  const mayWrite = useMay('secrets:write', id);
  const queries = useQueryClient();
  const [step, setStep] = useState<SecretStep>();
  const secrets = asked.data;
  const add = useMutation({
    mutationFn: () => saveSecrets(id, [...(secrets ?? []), { secret: newSecret(), quota: null }]),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Enrol secrets</h2>
        {mayWrite && secrets && (
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>
            Add a secret
          </Button>
        )}
      </div>
      <Failure error={add.error} />
      {asked.error && !secrets && (
        <Trouble what="The secrets could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !secrets && <PanelSkeleton lines={2} />}
      {secrets?.length === 0 && <p className="quiet">None: no host can enrol here. Add one to let hosts in.</p>}
      {secrets && secrets.length > 0 && (
        <ul className={`panel ${styles.rows}`}>
          {secrets.map((secret) => (
            <OneSecret key={secret.secret} secret={secret} open={mayWrite ? setStep : undefined} />
          ))}
        </ul>
      )}
      {step && secrets && <SecretDialog id={id} secrets={secrets} step={step} close={() => setStep(undefined)} />}
    </section>
  );
}

function OneSecret({ secret, open }: { secret: Secret; open?: (step: SecretStep) => void }) {
  const [shown, setShown] = useState(false);
  const of = secret.secret;
  const end = of.slice(-4);
  return (
    <li>
      <div>
        {shown ? <Command text={of} /> : <span className="mono">••••••••{end}</span>}
        <div className="quiet">
          {quotaWords(secret)}, made <TimeAgo at={secret.created_at} />
        </div>
      </div>
      <div className={styles.row}>
        <Button
          variant="default"
          aria-label={`${shown ? 'Hide' : 'Show'} secret …${end}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </Button>
        {open && (
          <>
            <Button
              variant="default"
              aria-label={`Quota of secret …${end}`}
              onClick={() => open({ kind: 'quota', of })}
            >
              Quota
            </Button>
            <Button variant="default" aria-label={`Rotate secret …${end}`} onClick={() => open({ kind: 'rotate', of })}>
              Rotate
            </Button>
            <Button variant="default" aria-label={`Delete secret …${end}`} onClick={() => open({ kind: 'delete', of })}>
              Delete
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

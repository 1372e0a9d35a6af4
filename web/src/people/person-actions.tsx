import type { User } from '@flotilla/contract/accounts';
import { makePasswordReset, requirePasswordReset } from '@flotilla/contract/passwords';
import { deleteUser, makeApiToken } from '@flotilla/contract/users';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { Dialog } from '../pieces/dialog.tsx';
import { OnlyOnce } from '../pieces/only-once.tsx';
import styles from '../settings/settings.module.css';

/** What can be done with an account besides changing it; each says first what it does. */
export function PersonActions({ user }: { user: User }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const params = { id: user.id };
  const name = user.name || user.email;
  return (
    <section className={styles.section}>
      <h2>{user.api_only ? 'Token and account' : 'Password and account'}</h2>
      <ul className={`panel ${styles.rows}`}>
        {user.api_only ? (
          <Action
            verb="Make a new token"
            about="The token before it ends at once: whatever uses it has to be given the new one."
            run={async () => (await call(makeApiToken, { params })).token}
            shown={`The new token of ${name}.`}
          />
        ) : (
          <>
            <Action
              verb="Make a password link"
              about="A link with which they set a new password, for you to hand over. Their password holds until then."
              run={async () => (await call(makePasswordReset, { params })).url}
              shown={`Hand this link to ${name}.`}
            />
            <Action
              verb="Ask for a new password"
              about="They can do nothing else until they have set one. Their sessions end."
              run={async () => {
                await call(requirePasswordReset, { params, body: { require: true } });
                return '';
              }}
            />
          </>
        )}
        <Action
          verb="Delete the account"
          danger
          about={`${user.api_only ? 'Its token ends' : 'All sessions end'} at once. What ${name} did stays in the activity. There is no undo.`}
          run={async () => {
            await call(deleteUser, { params });
            // The list must not open with what it held before.
            queries.removeQueries({ type: 'inactive' });
            await navigate({ to: '/settings/people' });
            return '';
          }}
        />
      </ul>
    </section>
  );
}

interface ActionProps {
  verb: string;
  about: ReactNode;
  /** @returns what is shown once; empty for nothing */
  run: () => Promise<string>;
  shown?: string;
  danger?: boolean;
}

function Action({ verb, about, run, shown = '', danger }: ActionProps) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: run,
    onSuccess: async (secret) => {
      if (!secret) setOpen(false);
      await queries.invalidateQueries();
    },
  });
  const close = () => {
    setOpen(false);
    act.reset();
  };
  return (
    <li>
      <span>{about}</span>
      <Button variant="default" onClick={() => setOpen(true)}>
        {verb}
      </Button>
      {open && act.data && (
        <Dialog title={verb} close={close}>
          <OnlyOnce what={shown} text={act.data} />
        </Dialog>
      )}
      {open && !act.data && (
        <Confirm
          title={`${verb}?`}
          verb={verb}
          run={() => act.mutate()}
          isRunning={act.isPending}
          error={act.error}
          close={close}
          danger={danger}
        >
          <p>{about}</p>
        </Confirm>
      )}
    </li>
  );
}

import { deleteSession, deleteUserSessions, listUserSessions } from '@flotilla/contract/sessions';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { Failure } from '../pieces/failure.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from '../settings/settings.module.css';

/** Where somebody is signed in, each with a button that ends it. */
export function Sessions({ id }: { id: number }) {
  const queries = useQueryClient();
  const asked = useQuery(ask(listUserSessions, { params: { id } }));
  const sessions = asked.data?.sessions;
  const renew = { onSettled: () => queries.invalidateQueries() };
  const end = useMutation({
    mutationFn: (session: number) => call(deleteSession, { params: { id: session } }),
    ...renew,
  });
  const endAll = useMutation({ mutationFn: () => call(deleteUserSessions, { params: { id } }), ...renew });
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Signed in</h2>
        {sessions && sessions.length > 1 && (
          <Button variant="default" loading={endAll.isPending} onClick={() => endAll.mutate()}>
            End all {counted(sessions.length, 'session')}
          </Button>
        )}
      </div>
      <Failure error={end.error ?? endAll.error} />
      {asked.error && !sessions && (
        <Trouble what="The sessions could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !sessions && <PanelSkeleton lines={2} />}
      {sessions?.length === 0 && <p className="quiet">Nowhere at the moment.</p>}
      {sessions && sessions.length > 0 && (
        <ul className={`panel ${styles.rows}`}>
          {sessions.map(({ session_id, created_at }) => (
            <li key={session_id}>
              <span>
                Session {session_id}, since <TimeAgo at={created_at} />
              </span>
              <Button
                variant="default"
                aria-label={`End session ${session_id}`}
                disabled={end.isPending}
                onClick={() => end.mutate(session_id)}
              >
                End
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

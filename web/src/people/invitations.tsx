import { deleteInvite, type Invite, listInvites } from '@flotilla/contract/invites';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ask, liveMs } from '../api/queries.ts';
import { Failure } from '../pieces/failure.tsx';
import { exact } from '../pieces/relative-time.ts';
import { Trouble } from '../pieces/trouble.tsx';
import styles from '../settings/settings.module.css';

/** Invitations that nobody took yet; nothing where there are none. */
export function Invitations() {
  const asked = useQuery({ ...ask(listInvites, { query: { per_page: 200 } }), refetchInterval: liveMs });
  const invites = asked.data?.invites;
  if (asked.error && !invites) {
    return (
      <Trouble what="The invitations could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
    );
  }
  if (!invites || invites.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>Invited</h2>
      <ul className={`panel ${styles.rows}`}>
        {invites.map((invite) => (
          <Invitation key={invite.id} invite={invite} />
        ))}
      </ul>
    </section>
  );
}

function Invitation({ invite: { id, name, email, expires_at } }: { invite: Invite }) {
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: () => call(deleteInvite, { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: [listInvites.path] }),
  });
  return (
    <li>
      <div>
        <b>{name}</b> <span className="quiet">{email}</span>
        <div className="quiet">The link holds until {exact(expires_at)}</div>
        <Failure error={take.error} />
      </div>
      <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
        Take the invitation back
      </Button>
    </li>
  );
}

import type { User } from '@flotilla/contract/accounts';
import { editUser, getUser } from '@flotilla/contract/users';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { Failure } from '../pieces/failure.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import styles from '../settings/settings.module.css';
import { PersonActions } from './person-actions.tsx';
import { RoleFields } from './role-fields.tsx';
import { draftOf, lacksRole, roleBody, rolesInWords } from './roles.ts';
import { Sessions } from './sessions.tsx';

const route = getRouteApi('/frame/settings/people/$id');

/** One account: who it is, what it may do, where it is signed in, and how it ends. */
export function PersonPage() {
  const id = Number(route.useParams().id);
  const asked = useQuery(ask(getUser, { params: { id } }));
  const user = asked.data?.user;
  const above = <Link to="/settings/people">People</Link>;
  if (asked.error && !user) {
    return (
      <Page title="Account" above={above}>
        <Trouble what="The account could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page title={user && (user.name || user.email)} above={above} sentence={user && <Sentence user={user} />}>
      {user ? (
        <>
          <section className={styles.section}>
            <PersonForm key={user.updated_at} user={user} />
          </section>
          {!user.api_only && <Sessions id={id} />}
          <PersonActions user={user} />
        </>
      ) : (
        <PanelSkeleton lines={6} />
      )}
    </Page>
  );
}

function Sentence({ user }: { user: User }) {
  return (
    <>
      {rolesInWords(user)}, {user.api_only ? 'a program with a token' : user.email}, added{' '}
      <TimeAgo at={user.created_at} />
      {user.force_password_reset && ', must set a new password before anything else'}
    </>
  );
}

function PersonForm({ user }: { user: User }) {
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email);
  const [roles, setRoles] = useState(() => draftOf(user));
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(editUser, { params: { id: user.id }, body: { name: name.trim(), email: email.trim(), ...roleBody(roles) } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const reasons = reasonsByField(save.error, ['name', 'email', 'global_role', 'fleets']);
  const lacks = lacksRole(roles) ? 'Choose at least one fleet, or delete the account' : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lacks && !save.isPending) save.mutate();
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={255}
        value={name}
        error={reasons.name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextInput
        label="Email"
        type="email"
        required
        withAsterisk={false}
        value={email}
        error={reasons.email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <RoleFields draft={roles} set={setRoles} error={lacks ?? reasons.global_role ?? reasons.fleets} />
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

import { changePassword } from '@flotilla/contract/passwords';
import { editUser } from '@flotilla/contract/users';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isGoodPassword } from '../accounts/password-rules.ts';
import { PasswordRules } from '../accounts/password-rules-list.tsx';
import { session } from '../accounts/session.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { Failure } from '../pieces/failure.tsx';
import styles from '../settings/settings.module.css';
import { SettingsPage } from '../settings/settings-page.tsx';
import { rolesInWords } from './roles.ts';
import { Sessions } from './sessions.tsx';

/** One's own account: name, password, and where one is signed in. */
export function ProfilePage() {
  const { data } = useQuery(session);
  const user = data?.user;
  return (
    <SettingsPage title="Your account" sentence={user && `${user.email}, ${rolesInWords(user)}`}>
      {user && (
        <>
          <section className={styles.section}>
            <NameForm key={user.updated_at} id={user.id} name={user.name} />
          </section>
          <section className={styles.section}>
            <PasswordForm />
          </section>
          <Sessions id={user.id} />
        </>
      )}
    </SettingsPage>
  );
}

function NameForm({ id, name: before }: { id: number; name: string }) {
  const [name, setName] = useState(before);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => call(editUser, { params: { id }, body: { name: name.trim() } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={255}
        autoComplete="name"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Failure error={save.error} />
      <div className={styles.row}>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === before}>
          Save
        </Button>
      </div>
    </form>
  );
}

function PasswordForm() {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => call(changePassword, { body: { old_password: old, new_password: fresh } }),
    onSuccess: async () => {
      setOld('');
      setFresh('');
      await queries.invalidateQueries();
    },
  });
  const reasons = reasonsByField(save.error, ['old_password', 'new_password']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGoodPassword(fresh) && !save.isPending) save.mutate();
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <h2>Password</h2>
      <p className="quiet">Changing it ends your other sessions.</p>
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        value={old}
        error={reasons.old_password}
        onChange={({ currentTarget }) => setOld(currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        aria-describedby="password-rules"
        value={fresh}
        error={reasons.new_password}
        onChange={({ currentTarget }) => setFresh(currentTarget.value)}
      />
      <PasswordRules id="password-rules" password={fresh} />
      {reasons.base && <Failure error={save.error} />}
      <div className={styles.row}>
        <Button type="submit" loading={save.isPending} disabled={old === '' || !isGoodPassword(fresh)}>
          Change the password
        </Button>
        <span role="status" className="quiet">
          {save.isSuccess && 'Changed'}
        </span>
      </div>
    </form>
  );
}

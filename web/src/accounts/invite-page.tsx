import { login } from '@flotilla/contract/accounts';
import { getInvite } from '@flotilla/contract/invites';
import { acceptInvite } from '@flotilla/contract/users';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { nextStep, reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import styles from './door.module.css';
import { Door, FormTrouble } from './door.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { isGoodPassword } from './password-rules.ts';
import { useTokenOfLink } from './use-token-of-link.ts';

/** Where an invitation leads: one gives a name and a password, and is signed in. */
export function InvitePage() {
  const token = useTokenOfLink('/login/invites');
  const asked = useQuery({ ...ask(getInvite, { params: { token } }), enabled: token !== '' });
  const invite = asked.data?.invite;
  const isDead = token === '' || asked.error !== null;
  return (
    <Door
      title="Join Flotilla"
      sentence={invite ? `As ${invite.email}. Choose a password.` : isDead ? '' : 'Looking at your invitation'}
    >
      {isDead && (
        <FormTrouble
          reason="This invitation is not valid any more."
          next="Ask for a new one, or open the link exactly as you got it."
        />
      )}
      {invite && <InviteForm token={token} name={invite.name} email={invite.email} />}
    </Door>
  );
}

function InviteForm({ token, name: invited, email }: { token: string; name: string; email: string }) {
  const [name, setName] = useState(invited);
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const join = useMutation({
    mutationFn: async () => {
      const body = { invite_token: token, name: name.trim(), email, password, password_confirmation: password };
      await call(acceptInvite, { body });
      await call(login, { body: { email, password } });
    },
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/', replace: true });
    },
  });
  const reasons = reasonsByField(join.error, ['name', 'password']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGoodPassword(password) && !join.isPending) join.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <FormTrouble reason={reasons.base} next={reasons.base && nextStep(join.error)} />
      <TextInput
        label="Your name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={255}
        value={name}
        error={reasons.name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NewPasswordField label="Password" value={password} set={setPassword} error={reasons.password} />
      <Button type="submit" fullWidth loading={join.isPending} disabled={!isGoodPassword(password)}>
        Join
      </Button>
    </form>
  );
}

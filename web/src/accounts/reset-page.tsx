import { performRequiredPasswordReset, resetPassword } from '@flotilla/contract/passwords';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { nextStep, reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import styles from './door.module.css';
import { Door, FormTrouble } from './door.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { isGoodPassword } from './password-rules.ts';
import { useTokenOfLink } from './use-token-of-link.ts';

/** Where a password link leads: a new password, then sign-in. */
export function ResetPage() {
  const token = useTokenOfLink('/login/reset');
  const navigate = useNavigate();
  const save = (password: string) =>
    call(resetPassword, {
      body: { new_password: password, new_password_confirmation: password, password_reset_token: token },
    });
  return (
    <Door title="New password" sentence="It ends all your sessions; then you sign in with it.">
      {token === '' ? (
        <FormTrouble reason="This link is not valid." next="Open it exactly as you got it, or ask for a new one." />
      ) : (
        <PasswordForm save={save} done={() => navigate({ to: '/login', replace: true })} />
      )}
    </Door>
  );
}

/** Where one is led who has to set a new password before anything else. */
export function RequiredResetPage() {
  const navigate = useNavigate();
  const save = (password: string) => call(performRequiredPasswordReset, { body: { new_password: password } });
  return (
    <Door title="Choose a new password" sentence="An administrator asked for it; then it goes on.">
      <PasswordForm save={save} done={() => navigate({ to: '/', replace: true })} />
    </Door>
  );
}

interface FormProps {
  save: (password: string) => Promise<unknown>;
  done: () => Promise<void>;
}

function PasswordForm({ save, done }: FormProps) {
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      queries.clear();
      await done();
    },
  });
  const reasons = reasonsByField(set.error, ['new_password']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGoodPassword(password) && !set.isPending) set.mutate(password);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <FormTrouble reason={reasons.base} next={reasons.base && nextStep(set.error)} />
      <NewPasswordField label="New password" value={password} set={setPassword} error={reasons.new_password} />
      <Button type="submit" fullWidth loading={set.isPending} disabled={!isGoodPassword(password)}>
        Set the password
      </Button>
    </form>
  );
}

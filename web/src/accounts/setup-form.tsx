import { setup } from '@flotilla/contract/accounts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError, nextStep, reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import styles from './door.module.css';
import { FormTrouble } from './door.tsx';
import { isGoodPassword } from './password-rules.ts';
import { PasswordRules } from './password-rules-list.tsx';
import { tokenIn } from './setup-token.ts';

const fields = ['name', 'email', 'org_name', 'password', 'token'];

interface Props {
  token: string;
  onDone: () => void;
}

/** Who the first administrator is; straight on to the hosts afterwards. */
export function SetupForm({ token, onDone }: Props) {
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const make = useSetup(token, onDone);
  const reasons = reasonsByField(make.error, fields);
  const weak = tried && !isGoodPassword(password) ? 'The password must keep the rules below' : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (isGoodPassword(password)) make.mutate(new FormData(event.currentTarget));
  };
  const shared = { required: true, withAsterisk: false };
  return (
    <form className={styles.form} onSubmit={submit}>
      <FormTrouble {...troubleOf(make.error, reasons.base)} />
      {token === '' && (
        <PasswordInput
          {...shared}
          label="Set-up token"
          description="The part after # of the link that the server printed; or paste the whole link"
          name="token"
          autoComplete="off"
          error={reasons.token}
        />
      )}
      <TextInput
        {...shared}
        label="Your name"
        name="name"
        autoComplete="name"
        maxLength={255}
        error={reasons.name}
        autoFocus
      />
      <TextInput {...shared} label="Email" name="email" type="email" autoComplete="username" error={reasons.email} />
      <TextInput
        {...shared}
        label="Organisation"
        name="org_name"
        autoComplete="organization"
        maxLength={255}
        error={reasons.org_name}
      />
      <PasswordInput
        {...shared}
        label="Password"
        name="password"
        autoComplete="new-password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        error={reasons.password ?? weak}
        aria-describedby="password-rules"
      />
      <PasswordRules id="password-rules" password={password} />
      <Button type="submit" fullWidth loading={make.isPending || make.isSuccess}>
        Make the administrator
      </Button>
    </form>
  );
}

function useSetup(linkToken: string, onDone: () => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (form: FormData) => {
      const said = (name: string) => String(form.get(name) ?? '').trim();
      const password = String(form.get('password'));
      return call(setup, {
        token: linkToken || tokenIn(said('token')),
        body: {
          admin: { name: said('name'), email: said('email'), password },
          org_info: { org_name: said('org_name') },
        },
      });
    },
    onSuccess: async () => {
      onDone();
      queries.clear();
      await navigate({ to: '/', replace: true });
    },
  });
}

function troubleOf(error: Error | null, base: string | undefined): { reason: string | undefined; next?: string } {
  if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
    return {
      reason: 'The set-up link is not valid.',
      next: 'Open the link of the latest start, as the server printed it.',
    };
  }
  return { reason: base, next: base && error ? nextStep(error) : undefined };
}

import { login, setupState } from '@flotilla/contract/accounts';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiError, nextStep } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import styles from './door.module.css';
import { Door, FormTrouble } from './door.tsx';

const route = getRouteApi('/login');

/** Sign-in, and back to where one wanted to go. */
export function LoginPage() {
  const { to = '/' } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const setup = useQuery(ask(setupState, {}));
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => call(login, { body }),
    onSuccess: () => {
      queries.clear();
      router.history.push(to);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: String(form.get('email')).trim(), password: String(form.get('password')) });
  };
  return (
    <Door title="Sign in" sentence={to === '/' ? 'With your email and password.' : 'Then it goes on where you were.'}>
      {setup.data?.needed && (
        <p className={styles.note}>
          This server has no administrator yet. Open the set-up link that it printed when it started.
        </p>
      )}
      <form className={styles.form} onSubmit={submit}>
        <FormTrouble reason={whyNot(signIn.error)} next={signIn.error ? whatNext(signIn.error) : undefined} />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} />
        <Button type="submit" fullWidth loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </Door>
  );
}

const isWrong = (error: Error) => error instanceof ApiError && (error.status === 401 || error.status === 422);

function whyNot(error: Error | null): string | undefined {
  if (!error) return undefined;
  if (isWrong(error)) return 'Email or password is wrong.';
  return error instanceof ApiError && error.status === 429 ? 'Too many attempts.' : `${error.message}.`;
}

const whatNext = (error: Error) => (isWrong(error) ? 'Check both and try again.' : nextStep(error));

import { createInvite } from '@flotilla/contract/invites';
import { createUser } from '@flotilla/contract/users';
import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { isGoodPassword } from '../accounts/password-rules.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { OnlyOnce } from '../pieces/only-once.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { RoleFields } from './role-fields.tsx';
import { lacksRole, type RoleDraft, roleBody } from './roles.ts';

const kinds = ['invite', 'person', 'program'] as const;
type Kind = (typeof kinds)[number];
const kindChoices: { value: Kind; label: string }[] = [
  { value: 'invite', label: 'A person: they choose a password by a link' },
  { value: 'person', label: 'A person: with a first password' },
  { value: 'program', label: 'A program: with a token, it cannot sign in' },
];

interface Draft {
  kind: Kind;
  name: string;
  email: string;
  password: string;
  roles: RoleDraft;
}

/** Adds a person or a program; what is shown once is shown here. */
export default function AddPerson({ close }: { close: () => void }) {
  const mayGiveAll = useMay('people:write');
  const [draft, setDraft] = useState<Draft>({
    kind: 'invite',
    name: '',
    email: '',
    password: '',
    roles: { global: mayGiveAll ? 'observer' : null, fleets: [] },
  });
  const [tried, setTried] = useState(false);
  const add = useAdd();
  const trouble = troubleOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(trouble).length === 0 && !add.isPending) add.mutate(draft);
  };
  if (add.data !== undefined) {
    return (
      <Dialog title="Added" close={close}>
        <div className={dialog.form}>
          <Added draft={draft} secret={add.data} />
          <div className={dialog.buttons}>
            <Button onClick={close}>Done</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Add somebody" close={close} wide hold={add.isPending}>
      <form className={dialog.form} onSubmit={submit} noValidate>
        <Fields
          draft={draft}
          set={(changes) => setDraft({ ...draft, ...changes })}
          error={add.error}
          trouble={tried ? trouble : {}}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" loading={add.isPending}>
            {draft.kind === 'invite' ? 'Make the invitation' : 'Make the account'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Trouble = Partial<Record<'name' | 'email' | 'password' | 'roles', string>>;

function troubleOf({ kind, name, email, password, roles }: Draft): Trouble {
  const found: Trouble = {};
  if (name.trim() === '') found.name = 'Give a name';
  if (!/^[^@\s]+@[^@\s]+$/.test(email.trim())) found.email = 'Give an address, such as ada@example.org';
  if (kind === 'person' && !isGoodPassword(password)) {
    found.password = 'At least 12 characters, with a digit and a symbol';
  }
  if (lacksRole(roles)) found.roles = 'Choose at least one fleet';
  return found;
}

interface FieldsProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  error: unknown;
  trouble: Trouble;
}

function Fields({ draft, set, error, trouble }: FieldsProps) {
  const reasons = reasonsByField(error, ['name', 'email', 'password', 'global_role', 'fleets']);
  return (
    <>
      <NativeSelect
        label="Whom"
        data={kindChoices}
        value={draft.kind}
        onChange={({ currentTarget }) => set({ kind: oneOf(currentTarget.value, kinds) ?? 'invite' })}
      />
      <TextInput
        label="Name"
        maxLength={255}
        autoComplete="off"
        value={draft.name}
        error={trouble.name ?? reasons.name}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <TextInput
        label="Email"
        type="email"
        autoComplete="off"
        description={draft.kind === 'program' ? 'Names the program; nothing is sent to it' : undefined}
        value={draft.email}
        error={trouble.email ?? reasons.email}
        onChange={({ currentTarget }) => set({ email: currentTarget.value })}
      />
      {draft.kind === 'person' && (
        <PasswordInput
          label="First password"
          description="They have to choose another one when they first sign in"
          autoComplete="new-password"
          value={draft.password}
          error={trouble.password ?? reasons.password}
          onChange={({ currentTarget }) => set({ password: currentTarget.value })}
        />
      )}
      <RoleFields
        draft={draft.roles}
        set={(roles) => set({ roles })}
        error={trouble.roles ?? reasons.global_role ?? reasons.fleets}
      />
      {reasons.base && <Failure error={error} />}
    </>
  );
}

function Added({ draft, secret }: { draft: Draft; secret: string }) {
  if (draft.kind === 'invite') return <OnlyOnce what={`Hand this link to ${draft.name}.`} text={secret} />;
  if (draft.kind === 'program') return <OnlyOnce what={`The token of ${draft.name}.`} text={secret} />;
  return <p role="status">{draft.name} can sign in with the first password, and is then asked for another one.</p>;
}

/** @returns what is to be handed over: the link or the token; empty for a first password */
function useAdd() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, name, email, password, roles }: Draft): Promise<string> => {
      const who = { name: name.trim(), email: email.trim(), ...roleBody(roles) };
      if (kind === 'invite') return (await call(createInvite, { body: who })).url;
      const body = kind === 'program' ? { ...who, api_only: true } : { ...who, password };
      return (await call(createUser, { body })).token ?? '';
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

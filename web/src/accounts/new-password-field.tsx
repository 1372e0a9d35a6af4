import { PasswordInput } from '@mantine/core';
import { PasswordRules } from './password-rules-list.tsx';

interface Props {
  label: string;
  value: string;
  set: (value: string) => void;
  error?: string;
}

/** A new password, with the rules it has to keep. */
export function NewPasswordField({ label, value, set, error }: Props) {
  return (
    <>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.value)}
        error={error}
        aria-describedby="password-rules"
      />
      <PasswordRules id="password-rules" password={value} />
    </>
  );
}

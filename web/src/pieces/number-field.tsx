import { TextInput } from '@mantine/core';

interface Props {
  label: string;
  description?: string;
  /** Null where nothing is typed. */
  value: number | null;
  set: (value: number | null) => void;
  min: number;
  max: number;
  /** Whether it may be left empty. */
  optional?: boolean;
  error?: string;
}

/** A whole number. */
export function NumberField({ value, set, optional, ...rest }: Props) {
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      step={1}
      required={!optional}
      withAsterisk={false}
      maw={320}
      value={value ?? ''}
      onChange={({ currentTarget }) => set(currentTarget.value === '' ? null : Math.trunc(Number(currentTarget.value)))}
      {...rest}
    />
  );
}

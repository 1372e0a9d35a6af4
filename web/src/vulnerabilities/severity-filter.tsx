import { NativeSelect } from '@mantine/core';
import type { VulnerabilitiesSearch } from './search.ts';

const choices = [
  { value: '', label: 'Any severity' },
  { value: 'critical', label: 'Critical' },
  { value: 'high', label: 'High or above' },
  { value: 'medium', label: 'Medium or above' },
] as const;

interface Props {
  value: VulnerabilitiesSearch['severity'];
  set: (value: VulnerabilitiesSearch['severity']) => void;
}

/** The least severity that a list shows. */
export function SeverityFilter({ value, set }: Props) {
  return (
    <NativeSelect
      aria-label="Severity"
      data={choices}
      value={value ?? ''}
      onChange={({ currentTarget }) =>
        set(choices.find((one) => one.value === currentTarget.value)?.value || undefined)
      }
    />
  );
}

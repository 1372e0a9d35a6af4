import { NativeSelect } from '@mantine/core';
import type { useLibraryFleet } from './use-library-fleet.ts';

interface Props extends ReturnType<typeof useLibraryFleet> {
  isLocked: boolean;
  error: string | undefined;
}

/** Whose hosts can install a package; nothing while there are no fleets. */
export function LibraryFleet({ fleets, fleet, setFleet, isLocked, error }: Props) {
  if (fleets.length === 0) return null;
  return (
    <NativeSelect
      label="For the hosts of"
      data={fleets.map(({ id, name }) => ({ value: `${id}`, label: name }))}
      value={`${fleet}`}
      disabled={isLocked}
      error={error}
      onChange={({ currentTarget }) => setFleet(Number(currentTarget.value))}
    />
  );
}

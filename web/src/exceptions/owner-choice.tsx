import { listUsers } from '@flotilla/contract/users';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../accounts/may.ts';
import { ask } from '../api/queries.ts';

interface Props {
  /** The id of a person, `none`, or empty for whoever makes it. */
  value: string;
  set: (value: string) => void;
  error: string | undefined;
}

/** Who answers for an exception; whoever may not see people names themselves or nobody. */
export function OwnerChoice({ value, set, error }: Props) {
  const maySee = useMay('people:write', 'somewhere');
  const query = { per_page: 500, order_key: 'name' as const, order_direction: 'asc' as const };
  const people = useQuery({ ...ask(listUsers, { query }), enabled: maySee });
  return (
    <NativeSelect
      label="Who answers for it"
      data={[
        { value: '', label: 'You' },
        { value: 'none', label: 'Nobody' },
        ...(people.data?.users ?? []).map(({ id, name, email }) => ({ value: `${id}`, label: `${name}, ${email}` })),
      ]}
      value={value}
      error={error}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  );
}

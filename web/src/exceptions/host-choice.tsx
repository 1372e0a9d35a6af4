import { listHosts } from '@flotilla/contract/hosts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, liveList } from '../api/queries.ts';
import { Failure } from '../pieces/failure.tsx';

const most = 50;

interface Props {
  cve: string;
  /** The id of the chosen host; empty for none. */
  value: string;
  set: (value: string) => void;
}

/** One of the hosts on which a vulnerability counts, found by its name. */
export function HostChoice({ cve, value, set }: Props) {
  const [text, setText] = useState('');
  const asked = useQuery({
    ...ask(listHosts, {
      query: {
        ...{ vulnerability: cve, query: text.trim() || undefined },
        ...{ per_page: most, order_key: 'display_name' as const, order_direction: 'asc' as const },
      },
    }),
    ...liveList,
  });
  const hosts = asked.data?.hosts ?? [];
  return (
    <>
      <TextInput
        type="search"
        label="Find the host"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <NativeSelect
        label="Host"
        description={hosts.length === most ? `The first ${most} by name: type more of it to find others` : undefined}
        required
        withAsterisk={false}
        data={[
          { value: '', label: asked.data && hosts.length === 0 ? 'It counts on no such host' : 'Choose a host' },
          ...hosts.map(({ id, display_name }) => ({ value: `${id}`, label: display_name })),
        ]}
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
      <Failure error={asked.error} />
    </>
  );
}

import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

interface Props {
  label: string;
  value: string | undefined;
  set: (value: string | undefined) => void;
}

const settleMs = 250;

/** Searches while one types; the address follows once the typing rests. */
export function SearchField({ label, value = '', set }: Props) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  // The address changed by itself (back, a link): show what it says.
  if (value !== sent.current) {
    sent.current = value;
    setTyped(value);
  }
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => {
    if (typed.trim() === sent.current.trim()) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      latest.current(typed.trim() || undefined);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => setTyped('')} />
      }
    />
  );
}

import { type Gate, previewRollout } from '@flotilla/contract/updates';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { liveMs } from '../api/queries.ts';
import { bodyOf, type Target, type Typed } from './rollout-body.ts';

/** What the rollout would do to the hosts of today, asked anew whenever the fields rest, and as the hosts change. */
export function usePreview(target: Target, typed: Typed) {
  const [gate, setGate] = useState<Gate>();
  const body = bodyOf(target, typed, gate);
  const [settled] = useDebouncedValue(body && JSON.stringify(body), 250);
  const asked = useQuery({
    queryKey: [previewRollout.path, settled],
    queryFn: ({ signal }) => call(previewRollout, { body: JSON.parse(settled ?? ''), signal }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: liveMs,
  });
  // The first answer is the server's own choice; it completes what is typed later.
  if (gate === undefined && asked.data) setGate(asked.data.gate);
  const isSettled = body !== undefined && settled === JSON.stringify(body) && !asked.isPlaceholderData;
  return { asked, body, gate, isSettled };
}

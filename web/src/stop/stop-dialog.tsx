import { liftStop, type StopState, stopEverything } from '@flotilla/contract/tasks';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { counted } from '../pieces/words.ts';

/** Says what the global stop does and what it does not, then stops or lifts. */
export default function StopDialog({ stop, close }: { stop: StopState; close: () => void }) {
  // What was asked stays on the screen, whatever happens to the stop meanwhile.
  const [wasStopped] = useState(stop.stopped);
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      wasStopped ? call(liftStop, {}) : call(stopEverything, { body: { reason: reason.trim() || undefined } }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      close();
    },
  });
  const shared = { run: () => change.mutate(), isRunning: change.isPending, error: change.error, close };
  if (wasStopped) {
    return (
      <Confirm title="Lift the stop?" verb="Lift the stop" {...shared}>
        <p>
          {counted(stop.queued, 'task')} that {stop.queued === 1 ? 'waits begins' : 'wait begin'} as soon as the hosts
          hear of it. Rollouts that are paused or halted stay so.
        </p>
      </Confirm>
    );
  }
  return (
    <Confirm title="Stop everything?" verb="Stop everything" danger {...shared}>
      <ul>
        <li>No host begins another script until the stop is lifted: no installation, no uninstallation, no rollout.</li>
        <li>Hosts that are connected hear it within a second, the others when they next ask for work.</li>
        <li>
          What runs already goes on to its end: now {counted(stop.running, 'script')}. A script that is cut in the
          middle would do more harm.
        </li>
        <li>Nothing is cancelled: {counted(stop.queued, 'task')} wait and go on afterwards.</li>
        <li>Inventory, findings and policies go on as always.</li>
      </ul>
      <TextInput
        label="Reason, for those who see the banner"
        maxLength={1000}
        autoComplete="off"
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </Confirm>
  );
}

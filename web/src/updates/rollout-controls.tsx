import { abortRollout, pauseRollout, type Rollout, resumeRollout } from '@flotilla/contract/updates';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { Failure } from '../pieces/failure.tsx';
import { capital, number } from '../pieces/words.ts';
import styles from './rollout.module.css';
import { RolloutMark } from './rollout-marks.tsx';
import { isOver, wholeFunnel } from './rollout-words.ts';

const changes = { pause: pauseRollout, resume: resumeRollout, abort: abortRollout };
type Change = keyof typeof changes;

const explained: Record<Rollout['state'], string> = {
  running: 'Rings open one after the other by themselves',
  paused: 'Nothing new begins until it is resumed; what runs goes on',
  halted: 'It halted by itself; nothing new begins until someone decides',
  aborted: 'It was ended; nothing more begins',
  done: 'Every ring has passed',
};

/** The state of a rollout and what can be done about it, always in sight. */
export function RolloutControls({ rollout }: { rollout: Rollout }) {
  const may = useMay('updates:write');
  const [asking, setAsking] = useState<Change>();
  const change = useChange(rollout);
  // Another question may have been opened meanwhile: an answer closes only its own.
  const run = (what: Change) =>
    change.mutate(what, { onSuccess: () => setAsking((now) => (now === what ? undefined : now)) });
  const close = () => setAsking(undefined);
  const isOfIt = change.variables === asking;
  const confirm = {
    run: () => asking && run(asking),
    isRunning: isOfIt && change.isPending,
    error: isOfIt ? change.error : null,
    close,
  };
  return (
    <div className={`panel ${styles.controls}`}>
      <div role="status" className={styles.state}>
        <RolloutMark state={rollout.state} />
        <span className="quiet">{capital(rollout.reason) || explained[rollout.state]}</span>
      </div>
      {may && !isOver(rollout) && <Buttons rollout={rollout} run={run} ask={setAsking} />}
      {asking === undefined && <Failure error={change.error} />}
      {asking === 'abort' && <ConfirmAbort rollout={rollout} {...confirm} />}
      {asking === 'resume' && (
        <Confirm title="Go on in spite of the failures?" verb="Go on" {...confirm}>
          <p>It halted: {rollout.reason || 'too many hosts failed'}. The hosts that wait will get the update.</p>
        </Confirm>
      )}
    </div>
  );
}

interface ButtonsProps {
  rollout: Rollout;
  run: (what: Change) => void;
  ask: (what: Change) => void;
}

function Buttons({ rollout: { state }, run, ask }: ButtonsProps) {
  return (
    <div className={styles.buttons}>
      {state === 'running' ? (
        <Button variant="default" onClick={() => run('pause')}>
          Pause
        </Button>
      ) : (
        <Button variant="default" onClick={() => (state === 'halted' ? ask('resume') : run('resume'))}>
          Resume
        </Button>
      )}
      <Button variant="default" onClick={() => ask('abort')}>
        Abort
      </Button>
    </div>
  );
}

interface AbortProps {
  rollout: Rollout;
  run: () => void;
  isRunning: boolean;
  error: unknown;
  close: () => void;
}

function ConfirmAbort({ rollout, ...rest }: AbortProps) {
  const { targeted, queued, running, reported, verified, already, failed, cancelled } = wholeFunnel(rollout.rings);
  const waiting = Math.max(0, targeted - running - reported - verified - already - failed - cancelled);
  return (
    <Confirm title={`Abort ${rollout.name}?`} verb="Abort the rollout" danger {...rest}>
      <ul>
        <li>
          {number(waiting)} hosts that wait will not get it{queued > 0 && '; what is queued is cancelled'}.
        </li>
        <li>{number(running)} hosts that run it now go on to the end.</li>
        <li>{number(verified + reported)} hosts that have it keep it.</li>
      </ul>
      <p>An aborted rollout cannot be resumed; a new one can be started.</p>
    </Confirm>
  );
}

function useChange({ id }: Rollout) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: Change) => call(changes[what], { params: { id }, body: {} }),
    onSettled: () => queries.invalidateQueries(),
  });
}

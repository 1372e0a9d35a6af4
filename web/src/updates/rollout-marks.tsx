import type { Ring, Rollout } from '@flotilla/contract/updates';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconHourglassEmpty,
  IconLoader2,
  IconPlayerPause,
} from '@tabler/icons-react';
import { StateMark } from '../pieces/state-mark.tsx';
import { ringTones, ringWords, rolloutTones, rolloutWords } from './rollout-words.ts';

const icons = {
  running: IconLoader2,
  open: IconLoader2,
  paused: IconPlayerPause,
  waiting: IconHourglassEmpty,
  halted: IconAlertTriangle,
  aborted: IconBan,
  done: IconCircleCheck,
  passed: IconCircleCheck,
};

/** The state of a rollout as a shape and a word. */
export function RolloutMark({ state }: { state: Rollout['state'] }) {
  return (
    <StateMark icon={icons[state]} tone={rolloutTones[state]}>
      {rolloutWords[state]}
    </StateMark>
  );
}

/** The same of one ring. */
export function RingMark({ state }: { state: Ring['state'] }) {
  return (
    <StateMark icon={icons[state]} tone={ringTones[state]}>
      {ringWords[state]}
    </StateMark>
  );
}

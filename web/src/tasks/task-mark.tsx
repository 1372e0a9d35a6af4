import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconHourglassEmpty,
  IconLoader2,
} from '@tabler/icons-react';
import { StateMark } from '../pieces/state-mark.tsx';
import { stateTone } from './task-words.ts';

const icons: Partial<Record<string, typeof IconClock>> = {
  queued: IconHourglassEmpty,
  verified: IconCircleCheck,
  cancelled: IconBan,
  expired: IconClock,
  unverified: IconAlertTriangle,
  failed: IconAlertTriangle,
  lost: IconAlertTriangle,
};

/** The state of a task as a shape and a word. */
export function TaskMark({ state, word, title }: { state: string; word: string; title?: string }) {
  return (
    <StateMark icon={icons[state] ?? IconLoader2} tone={stateTone(state)} title={title}>
      {word}
    </StateMark>
  );
}

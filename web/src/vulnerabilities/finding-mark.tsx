import type { Finding } from '@flotilla/contract/vulnerabilities';
import { IconAlertTriangle, IconCircleMinus, IconHelpCircle } from '@tabler/icons-react';
import { StateMark } from '../pieces/state-mark.tsx';
import { findingState, stateWords } from './finding-words.ts';

const icons = { affected: IconAlertTriangle, unimportant: IconCircleMinus, unknown: IconHelpCircle };

/** The state of a finding as a word and a shape. */
export function FindingMark({ finding }: { finding: Finding }) {
  const state = findingState(finding);
  return (
    <StateMark icon={icons[state]} tone={state === 'affected' ? 'warn' : undefined}>
      {stateWords[state]}
    </StateMark>
  );
}

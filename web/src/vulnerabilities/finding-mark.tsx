import type { Finding } from '@flotilla/contract/vulnerabilities';
import { IconAlertTriangle, IconCircleMinus, IconHelpCircle, IconShieldCheck } from '@tabler/icons-react';
import { statusWords } from '../exceptions/exception-words.ts';
import { StateMark } from '../pieces/state-mark.tsx';
import { findingState, stateWords } from './finding-words.ts';

const icons = {
  affected: IconAlertTriangle,
  unimportant: IconCircleMinus,
  unknown: IconHelpCircle,
  excepted: IconShieldCheck,
};

/** The state of a finding as a word and a shape. */
export function FindingMark({ finding }: { finding: Finding }) {
  const state = findingState(finding);
  return (
    <StateMark icon={icons[state]} tone={state === 'affected' ? 'warn' : undefined}>
      {finding.exception ? statusWords[finding.exception.status] : stateWords[state]}
    </StateMark>
  );
}

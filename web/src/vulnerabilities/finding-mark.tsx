import type { Finding } from '@flotilla/contract/vulnerabilities';
import {
  IconAlertTriangle,
  IconCalendarTime,
  IconCircleMinus,
  IconHelpCircle,
  IconLoader,
  IconShieldCheck,
} from '@tabler/icons-react';
import { statusWords } from '../exceptions/exception-words.ts';
import { StateMark } from '../pieces/state-mark.tsx';
import { findingState, stateChoiceWords, stateWords } from './finding-words.ts';

const icons = {
  affected: IconAlertTriangle,
  unimportant: IconCircleMinus,
  unknown: IconHelpCircle,
  excepted: IconShieldCheck,
};

const underWay = { planned: IconCalendarTime, fixing: IconLoader };

/** The state of a finding as a word and a shape: what it is, or what is under way that ends it. */
export function FindingMark({ finding }: { finding: Finding }) {
  const state = findingState(finding);
  if (finding.state === 'planned' || finding.state === 'fixing') {
    const what = stateWords[state];
    return (
      <StateMark icon={underWay[finding.state]} tone="busy" title={`${what}; an update that ends it is under way`}>
        {stateChoiceWords[finding.state]}
      </StateMark>
    );
  }
  return (
    <StateMark icon={icons[state]} tone={state === 'affected' ? 'warn' : undefined}>
      {finding.exception ? statusWords[finding.exception.status] : stateWords[state]}
    </StateMark>
  );
}

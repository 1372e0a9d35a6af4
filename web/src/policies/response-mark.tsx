import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { StateMark } from '../pieces/state-mark.tsx';

/** How a host answers a policy, as a shape and a word. */
export function ResponseMark({ of }: { of: 'pass' | 'fail' | '' }) {
  if (of === 'pass') {
    return (
      <StateMark icon={IconCircleCheck} tone="good">
        Passes
      </StateMark>
    );
  }
  if (of === 'fail') {
    return (
      <StateMark icon={IconAlertTriangle} tone="bad">
        Fails
      </StateMark>
    );
  }
  return (
    <StateMark icon={IconHelpCircle} title="It has not answered yet, or could not">
      No answer
    </StateMark>
  );
}

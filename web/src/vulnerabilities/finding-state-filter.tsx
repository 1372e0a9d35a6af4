import { NativeSelect } from '@mantine/core';
import { type ShownState, shownStates } from './finding-states.ts';
import { stateChoiceWords } from './finding-words.ts';

const choices = [
  { value: '', label: 'Any state' },
  ...shownStates.map((value) => ({ value, label: stateChoiceWords[value] })),
];

interface Props {
  value: ShownState | undefined;
  set: (value: ShownState | undefined) => void;
}

/** Where findings stand that a list shows; those that are over are a list of their own. */
export function FindingStateFilter({ value, set }: Props) {
  return (
    <NativeSelect
      aria-label="State"
      data={choices}
      value={value ?? ''}
      onChange={({ currentTarget }) => set(shownStates.find((one) => one === currentTarget.value))}
    />
  );
}

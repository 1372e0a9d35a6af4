import type { FindingState } from '@flotilla/contract/finding-life';

/** What lists of findings can be narrowed to; `closed` are those that are over. */
export const shownStates = [
  'open',
  'planned',
  'fixing',
  'accepted',
  'not_affected',
  'false_positive',
  'closed',
] as const satisfies readonly (FindingState | 'closed')[];
export type ShownState = (typeof shownStates)[number];

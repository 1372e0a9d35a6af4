import type { TimelineEvent } from '@flotilla/contract/host-software';
import { counted, listed, number } from '../pieces/words.ts';
import { stateName, taskTitle } from '../tasks/task-words.ts';

export type Change = TimelineEvent['changes'][number];

/** Events in groups of one day each, in their order. */
export function byDay(events: readonly TimelineEvent[], dayOf: (at: string) => string) {
  const groups: { day: string; events: TimelineEvent[] }[] = [];
  for (const event of events) {
    const day = dayOf(event.at);
    const last = groups.at(-1);
    if (last?.day === day) last.events.push(event);
    else groups.push({ day, events: [event] });
  }
  return groups;
}

const answers = { pass: 'passes', fail: 'fails', '': 'has no answer any more' };

/** What happened, in one line: "Software: 3 titles added, 1 updated". */
export function eventLine(event: TimelineEvent): string {
  if (event.kind === 'enrolled') return 'Enrolled';
  if (event.kind === 'findings_changed') return findingsLine(event.findings);
  if (event.task) return `${taskTitle(event.task)}: ${stateName(event.task.kind, event.task.to).toLowerCase()}`;
  if (event.policy) return `Policy ${event.policy.name} ${answers[event.policy.response]}`;
  return softwareLine(event);
}

type Counts = Pick<TimelineEvent, 'added_count' | 'removed_count' | 'updated_count'>;

/** "Software: 3 titles added and 2 updated". */
export function softwareLine({ added_count, removed_count, updated_count }: Counts): string {
  const parts = [
    [added_count, 'added'],
    [removed_count, 'removed'],
    [updated_count, 'updated'],
  ] as const;
  const words = said(parts, 'title');
  return words === '' ? 'Software reported' : `Software: ${words}`;
}

function findingsLine({ opened_count, closed_count }: TimelineEvent['findings']): string {
  const parts = [
    [opened_count, 'opened'],
    [closed_count, 'closed'],
  ] as const;
  return said(parts, 'finding') || 'Findings judged again';
}

/** "3 titles added, 1 removed and 2 updated", without what did not happen. */
function said(parts: readonly (readonly [count: number, verb: string])[], noun: string): string {
  const happened = parts.filter(([count]) => count > 0);
  return listed(happened.map(([count, verb], i) => `${i === 0 ? counted(count, noun) : number(count)} ${verb}`));
}

/** What tells events of one moment apart. */
export const eventKey = ({ at, kind, task, policy }: TimelineEvent): string =>
  [at, kind, task?.id, task?.to, policy?.id].join(' ');

/** The changes by what they did; a change with neither version is left out. */
export function changeKinds(changes: readonly Change[]) {
  const kind = ({ version, previous_version }: Change) =>
    version === null ? 'Removed' : previous_version === null ? 'Added' : 'Updated';
  return (['Added', 'Removed', 'Updated'] as const).flatMap((name) => {
    const of = changes.filter((change) => kind(change) === name);
    return of.length === 0 ? [] : [{ name, changes: of }];
  });
}

import type { TimelineEvent } from '@flotilla/contract/host-software';
import { counted, listed } from '../pieces/words.ts';

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

/** What happened, in one line: "3 titles added, 1 updated". */
export function eventLine(event: TimelineEvent): string {
  if (event.kind === 'enrolled') return 'Enrolled';
  const { added_count: added, removed_count: removed, updated_count: updated } = event;
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [updated, 'updated'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  const words = said.map(([count, verb], i) =>
    i === 0 ? `${counted(count, 'title')} ${verb}` : `${count.toLocaleString('en')} ${verb}`,
  );
  return words.length === 0 ? 'Software reported' : `Software: ${listed(words)}`;
}

/** The changes by what they did; a change with neither version is left out. */
export function changeKinds(changes: readonly Change[]) {
  const kind = ({ version, previous_version }: Change) =>
    version === null ? 'Removed' : previous_version === null ? 'Added' : 'Updated';
  return (['Added', 'Removed', 'Updated'] as const).flatMap((name) => {
    const of = changes.filter((change) => kind(change) === name);
    return of.length === 0 ? [] : [{ name, changes: of }];
  });
}

import { hostChanges } from '@flotilla/contract/comparison';
import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { exact, fromField, toField } from '../pieces/relative-time.ts';
import { Trouble } from '../pieces/trouble.tsx';
import styles from './as-of.module.css';
import { ChangeList } from './change-list.tsx';
import { softwareLine } from './timeline-events.ts';

const route = getRouteApi('/frame/hosts/$id');
const weekMs = 7 * 86_400_000;
const minuteMs = 60_000;

/** A week before the other moment, to the minute, so that the question stays the same while one looks. */
const weekBefore = (to: string | undefined) =>
  new Date(Math.floor((to ? Date.parse(to) : Date.now()) / minuteMs) * minuteMs - weekMs).toISOString();

/** How the software of a host at one moment differs from that at another. */
export default function ChangesTab({ id }: { id: number }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { to } = search;
  const from = search.from ?? weekBefore(to);
  const set = (changes: { from?: string; to?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const asked = useQuery({
    ...ask(hostChanges, { params: { id }, query: { from, to } }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const found = asked.data;
  return (
    <>
      <search className={styles.range}>
        <TextInput
          type="datetime-local"
          label="From"
          max={toField(to ?? new Date().toISOString())}
          value={toField(from)}
          onChange={({ currentTarget }) => set({ from: fromField(currentTarget.value) })}
        />
        <TextInput
          type="datetime-local"
          label="To; empty is now"
          max={toField(new Date().toISOString())}
          value={to ? toField(to) : ''}
          onChange={({ currentTarget }) => set({ to: fromField(currentTarget.value) })}
        />
      </search>
      {asked.error && !found && (
        <Trouble what="The comparison could not be made" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !found && <PanelSkeleton lines={5} />}
      {found && found.changes.length === 0 && (
        <Empty title="No difference">
          <p className="quiet">
            The same software at both moments: {exact(found.from)} and {exact(found.to)}.
          </p>
        </Empty>
      )}
      {found && found.changes.length > 0 && (
        <section className={`panel ${styles.changes}`}>
          <h2>{softwareLine(found)}</h2>
          <ChangeList of={found} />
        </section>
      )}
    </>
  );
}

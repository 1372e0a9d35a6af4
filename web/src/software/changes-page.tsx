import { type ChangedVersion, softwareChanges } from '@flotilla/contract/comparison';
import { Button, TextInput } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { counted, number } from '../pieces/words.ts';
import styles from '../settings/settings.module.css';
import { SoftwareNav } from './software-nav.tsx';
import { sourceName } from './source-names.ts';

const route = getRouteApi('/frame/software/changes');
const dayMs = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);
const weekBefore = (to: string) => new Date(Date.parse(to) - 6 * dayMs).toISOString().slice(0, 10);

/** What came to hosts and left them, this week unless said otherwise. */
export function ChangesPage() {
  const search = route.useSearch();
  const list = useListState(search);
  const fleet_id = useFleetId();
  const { query, page, per_page } = list;
  const from = search.from ?? weekBefore(search.to ?? today());
  const asked = useQuery({
    ...ask(softwareChanges, { query: { fleet_id, query, from, to: search.to, page, per_page } }),
    ...liveList,
  });
  const found = asked.data;
  return (
    <Page
      title="What changed"
      above={<SoftwareNav />}
      sentence={found && `${counted(found.count, 'version')} came or went from ${found.from} to ${found.to}, in UTC`}
    >
      <Filters>
        <SearchField label="Search by name" value={query} set={(text) => list.change({ query: text })} />
        <TextInput
          type="date"
          aria-label="From"
          max={search.to ?? today()}
          value={from}
          onChange={({ currentTarget }) => list.change({ from: currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          aria-label="To"
          max={today()}
          value={search.to ?? found?.to ?? ''}
          onChange={({ currentTarget }) => list.change({ to: currentTarget.value || undefined })}
        />
      </Filters>
      {found?.note && <p className={styles.note}>{found.note}</p>}
      <PagedList
        list={list}
        total={found?.count}
        what="changes"
        asked={asked}
        rows={found?.versions}
        rowKey={({ version_id }) => `${version_id}`}
        columns={columns}
        empty={
          <Empty icon={<IconArrowsExchange size={28} stroke={1.5} aria-hidden />} title="Nothing came or went">
            <p className="quiet">Choose other days, or search for something else.</p>
            <Button variant="default" onClick={list.clear}>
              Show this week
            </Button>
          </Empty>
        }
      />
    </Page>
  );
}

const columns: readonly Column<ChangedVersion>[] = [
  {
    key: 'name',
    title: 'Software',
    width: '38%',
    card: 'lead',
    cell: ({ version_id, name, version }) => (
      <Link to="/software/versions/$id" params={{ id: `${version_id}` }} title={`${name} ${version}`}>
        {name} {version}
      </Link>
    ),
  },
  { key: 'kind', title: 'Kind', width: '22%', wide: true, cell: ({ source }) => sourceName(source) },
  { key: 'came', title: 'Came to hosts', numeric: true, width: '20%', cell: ({ opened }) => number(opened) },
  { key: 'left', title: 'Left hosts', numeric: true, width: '20%', cell: ({ closed }) => number(closed) },
];

import { listHostSoftware } from '@flotilla/contract/host-software';
import type { HostDetail } from '@flotilla/contract/hosts';
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { counted } from '../pieces/words.ts';
import styles from './as-of.module.css';
import { libraryColumns } from './library-columns.tsx';
import { withTasks } from './library-row.ts';
import type { HostSearch } from './search.ts';
import { matching } from './sentences.ts';
import { Upcoming } from './upcoming.tsx';
import { useHostTasks } from './use-host-tasks.ts';

const route = getRouteApi('/frame/hosts/$id');

/** What the library can put on the host, what is under way, and how it went. */
export default function LibraryTab({ id, host }: { id: number; host: HostDetail | undefined }) {
  const list = useListState<HostSearch>(route.useSearch());
  const { query, page, per_page, change } = list;
  const { asked: askedTasks, tasks, rhythm } = useHostTasks(id);
  const titles = { query, page, per_page, order_key: 'name', available_for_install: true } as const;
  const asked = useQuery({
    ...ask(listHostSoftware, { params: { id }, query: titles }),
    placeholderData: keepPreviousData,
    refetchInterval: rhythm,
  });
  return (
    <>
      <Upcoming id={id} isAway={host !== undefined && host.status !== 'online'} asked={askedTasks} rhythm={rhythm} />
      <Filters>
        <SearchField label="Search the library" value={query} set={(text) => change({ query: text })} />
      </Filters>
      <p className={`quiet ${styles.count}`} role="status">
        {asked.data && `${counted(asked.data.count, 'title')}${matching(query, asked.data.count)}`}&nbsp;
      </p>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="titles of the library"
        asked={asked}
        rows={asked.data && withTasks(asked.data.software, tasks)}
        rowKey={({ title }) => `${title.id}`}
        columns={libraryColumns(id)}
        empty={<NothingToInstall query={query} clear={() => change({ query: undefined })} />}
      />
    </>
  );
}

function NothingToInstall({ query, clear }: { query: string | undefined; clear: () => void }) {
  if (query) {
    return (
      <Empty title={`Nothing in the library matches “${query}”`}>
        <Button variant="default" onClick={clear}>
          Show all of it
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title="The library has nothing for this host">
      <p className="quiet">Upload a package, and it can be installed here with one click.</p>
      <Link to="/library">Go to the library</Link>
    </Empty>
  );
}

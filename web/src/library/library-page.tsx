import { listLibrary } from '@flotilla/contract/packages';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { useListState } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { libraryColumns } from './library-columns.tsx';
import { librarySentence } from './library-words.ts';
import { NoLibrary } from './no-library.tsx';
import { UploadButton } from './upload-button.tsx';

const route = getRouteApi('/frame/library');

/** What can be installed on hosts, and how it stands with it. */
export function LibraryPage() {
  const fleet_id = useFleetId();
  const list = useListState(route.useSearch());
  const { query, page, per_page, change } = list;
  const asked = useQuery({ ...ask(listLibrary, { query: { fleet_id, query, page, per_page } }), ...liveList });
  const count = asked.data?.count;
  return (
    <Page title="Library" sentence={librarySentence(count, query)} actions={<UploadButton />}>
      {(count !== 0 || query !== undefined) && (
        <Filters>
          <SearchField label="Search the library" value={query} set={(text) => change({ query: text })} />
        </Filters>
      )}
      <PagedList
        list={list}
        total={count}
        what="titles of the library"
        asked={asked}
        rows={asked.data?.library}
        rowKey={({ title_id }) => `${title_id}`}
        columns={libraryColumns}
        empty={<NoLibrary query={query} clear={list.clear} />}
      />
    </Page>
  );
}

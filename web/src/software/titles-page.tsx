import { listTitles } from '@flotilla/contract/software';
import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { AsyncList } from '../pieces/async-list.tsx';
import { Filters, Page } from '../pieces/page.tsx';
import { Pager } from '../pieces/pager.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { listQuery } from '../pieces/url-state.ts';
import { counted, number } from '../pieces/words.ts';
import { NoTitles } from './no-titles.tsx';
import { sources } from './source-names.ts';
import { titleColumns } from './title-columns.tsx';

const route = getRouteApi('/frame/software');
const usual = { key: 'hosts_count', direction: 'desc' } as const;
const live = { placeholderData: keepPreviousData, refetchInterval: liveMs };

/** The list of software titles. */
export function TitlesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { query, page, per_page, order_key, order_direction } = listQuery(search, usual);
  const { source } = search;
  const asked = useQuery({
    ...ask(listTitles, { query: { query, source, page, per_page, order_key, order_direction } }),
    ...live,
  });
  const all = useQuery({ ...ask(listTitles, { query: { per_page: 1 } }), ...live });
  const filtered = query !== undefined || source !== undefined;
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...changes }), replace: 'query' in changes });
  const total = all.data?.count;
  return (
    <Page
      title="Software"
      sentence={
        <Sentence total={total} matching={filtered ? asked.data?.count : undefined} at={all.data?.counts_updated_at} />
      }
    >
      {(total !== 0 || filtered) && (
        <Filters>
          <SearchField label="Search titles" value={query} set={(text) => change({ query: text })} />
          <NativeSelect
            aria-label="Kind of software"
            data={[{ value: '', label: 'Any kind' }, ...sources]}
            value={source ?? ''}
            onChange={({ currentTarget }) => change({ source: currentTarget.value || undefined })}
          />
        </Filters>
      )}
      <AsyncList
        what="software"
        asked={asked}
        rows={asked.data?.software_titles}
        rowKey={(title) => `${title.id}`}
        columns={titleColumns}
        question={JSON.stringify(search)}
        sorting={{
          key: order_key,
          direction: order_direction,
          set: (key, direction) => change({ order_key: key as typeof order_key, order_direction: direction }),
        }}
        paging={{ page: search.page, first: () => void change({}) }}
        empty={<NoTitles filtered={filtered} clear={() => void navigate({ search: {} })} />}
      />
      <Pager search={search} total={asked.data?.count} set={change} />
    </Page>
  );
}

interface SentenceProps {
  total: number | undefined;
  matching: number | undefined;
  at: string | null | undefined;
}

function Sentence({ total, matching, at }: SentenceProps) {
  if (total === undefined) return null;
  if (total === 0) return 'No software has been reported yet';
  const found = matching === undefined ? counted(total, 'title') : `${number(matching)} of ${counted(total, 'title')}`;
  return (
    <>
      {found} on your hosts{matching === undefined ? '' : matching === 1 ? ' matches' : ' match'}
      {at && (
        <>
          , counts as of <TimeAgo at={at} />
        </>
      )}
    </>
  );
}

import { listExceptions } from '@flotilla/contract/exceptions';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Empty } from '../pieces/empty.tsx';
import { Filters, Page } from '../pieces/page.tsx';
import { Pager } from '../pieces/pager.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { PastEnd } from '../pieces/past-end.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { oneOf, usualPageSize } from '../pieces/url-state.ts';
import { counted } from '../pieces/words.ts';
import { ExceptionList } from './exception-list.tsx';
import { type ExceptionsSearch, views } from './search.ts';

const route = getRouteApi('/frame/vulnerabilities/exceptions');

/** Everything that does not count, and until when. */
export function ExceptionsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const fleet_id = useFleetId();
  const change = (to: ExceptionsSearch) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...to }) });
  const order = search.show ? {} : ({ state: 'living', order_key: 'until' } as const);
  const asked = useQuery({
    ...ask(listExceptions, {
      query: {
        ...{ fleet_id, page: (search.page ?? 1) - 1, per_page: search.per_page ?? usualPageSize },
        ...(search.show === 'ended' ? { state: 'ended' } : order),
      },
    }),
    ...liveList,
  });
  const retry = () => void asked.refetch();
  const found = asked.data;
  return (
    <Page
      title="Exceptions"
      above={<Link to="/vulnerabilities">Vulnerabilities</Link>}
      sentence={found && sentenceOf(found.count, search.show)}
    >
      <Filters>
        <NativeSelect
          aria-label="Which exceptions"
          data={[
            { value: '', label: 'Those that hold, ending first' },
            { value: 'ended', label: 'Those that have ended' },
            { value: 'all', label: 'All, newest first' },
          ]}
          value={search.show ?? ''}
          onChange={({ currentTarget }) => change({ show: oneOf(currentTarget.value, views) })}
        />
      </Filters>
      {asked.error && !found && <Trouble what="Exceptions could not be loaded" error={asked.error} retry={retry} />}
      {asked.error && found && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !found && <PanelSkeleton lines={4} />}
      {found?.exceptions.length === 0 && (search.page ? <PastEnd first={() => change({})} /> : <NoExceptions />)}
      {found && found.exceptions.length > 0 && <ExceptionList exceptions={found.exceptions} named />}
      <Pager search={search} total={found?.count} set={change} />
    </Page>
  );
}

function sentenceOf(count: number, show: ExceptionsSearch['show']): string {
  if (show === 'ended') return `${counted(count, 'exception')} ended`;
  if (show === 'all') return `${counted(count, 'exception')}, ended ones too`;
  return count === 0 ? 'Everything that was found counts' : `${counted(count, 'exception')} in force or planned`;
}

function NoExceptions() {
  return (
    <Empty title="No exceptions here">
      <p className="quiet">
        A vulnerability that cannot be mended yet, or does not affect you, is accepted on its own page.
      </p>
      <Link to="/vulnerabilities">Vulnerabilities</Link>
    </Empty>
  );
}

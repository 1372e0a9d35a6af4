import { Button } from '@mantine/core';
import { IconClipboardCheck, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Empty } from '../pieces/empty.tsx';
import { LinkButton } from '../pieces/link-button.tsx';
import { useSortedList } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { policiesQuery } from './policies-query.ts';
import { policyColumns } from './policy-columns.tsx';
import { policiesSentence } from './policy-words.ts';

const route = getRouteApi('/frame/policies');
const usual = { key: 'failing_host_count', direction: 'desc' } as const;
/** How many of the worst the opening sentence looks at. */
const looked = 200;

/** The list of policies, those that fail on most hosts first. */
export function PoliciesPage() {
  const list = useSortedList(route.useSearch(), usual);
  const fleet_id = useFleetId();
  const { query, page, per_page, order_key, order_direction } = list;
  const asked = useQuery({
    ...policiesQuery(fleet_id, { query, page, per_page, order_key, order_direction }),
    ...liveList,
  });
  const worst = useQuery({
    ...policiesQuery(fleet_id, { per_page: looked, order_key: 'failing_host_count', order_direction: 'desc' }),
    ...liveList,
  });
  const total = worst.data?.count;
  return (
    <Page
      title="Policies"
      sentence={policiesSentence(total, worst.data?.policies)}
      actions={useMay('policies:write', 'somewhere') && <LinkButton to="/policies/new">New policy</LinkButton>}
    >
      {(total !== 0 || query !== undefined) && (
        <Filters>
          <SearchField label="Search policies" value={query} set={(text) => list.change({ query: text })} />
        </Filters>
      )}
      <PagedList
        list={list}
        total={asked.data?.count}
        what="policies"
        asked={asked}
        rows={asked.data?.policies}
        rowKey={({ id }) => `${id}`}
        columns={policyColumns}
        empty={<NoPolicies query={query} clear={list.clear} />}
      />
    </Page>
  );
}

function NoPolicies({ query, clear }: { query: string | undefined; clear: () => void }) {
  if (query) {
    return (
      <Empty icon={<IconSearch size={28} stroke={1.5} aria-hidden />} title={`No policy matches “${query}”`}>
        <Button variant="default" onClick={clear}>
          Show all policies
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconClipboardCheck size={28} stroke={1.5} aria-hidden />} title="No policies yet">
      <p className="quiet">
        A policy says what should hold on your hosts: that a title is at least some version, or that a query finds a
        row. Where it begins to fail, it can install what is missing.
      </p>
    </Empty>
  );
}

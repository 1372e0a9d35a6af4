import { hostInventory } from '@flotilla/contract/host-software';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { useNow } from '../pieces/now.ts';
import { Page } from '../pieces/page.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { FindingsTab } from './findings-tab.tsx';
import { healthLine } from './host-health.ts';
import { hostQuery } from './host-query.ts';
import { Overview } from './overview.tsx';
import { RefetchButton } from './refetch-button.tsx';
import { hostTabs } from './search.ts';
import { SoftwareTab } from './software-tab.tsx';
import { Timeline } from './timeline.tsx';

const route = getRouteApi('/frame/hosts/$id');
/** How often is asked while a refetch is under way. */
const refetchingMs = 1_000;

const names = { overview: 'Overview', software: 'Software', findings: 'Findings', timeline: 'Timeline' };

/** One host: its health in one line, then its facts, software and history. */
export function HostPage() {
  const id = Number(route.useParams().id);
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = useQuery({
    ...hostQuery(id),
    refetchInterval: ({ state }) => (state.data?.host.refetch_requested ? refetchingMs : liveMs),
  });
  const host = asked.data?.host;
  const inventory = useQuery({
    ...ask(hostInventory, { params: { id } }),
    refetchInterval: host?.refetch_requested ? refetchingMs : liveMs,
  });
  const now = useNow();
  const above = <Link to="/hosts">Hosts</Link>;
  if (!host && asked.error) {
    return (
      <Page title="Host" above={above}>
        <Trouble what="The host could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={host?.display_name}
      above={above}
      sentence={host && healthLine(host, inventory.data?.parts, now)}
      actions={host && <RefetchButton host={host} />}
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(to) => void navigate({ search: { tab: to === 'overview' ? undefined : oneOf(to, hostTabs) } })}
      >
        <Tabs.List mb={16}>
          {hostTabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {names[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview host={host} inventory={inventory} />
        </Tabs.Panel>
        <Tabs.Panel value="software">
          <SoftwareTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <FindingsTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <Timeline id={id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

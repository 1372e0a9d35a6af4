import { hostInventory } from '@flotilla/contract/host-software';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveMs, quickMs } from '../api/queries.ts';
import { OverdueLine } from '../due/overdue-line.tsx';
import { useNow } from '../pieces/now.ts';
import { Page } from '../pieces/page.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { OpenTask } from '../tasks/task-link.tsx';
import { isDelivered } from './delivered.ts';
import { HostActions } from './host-actions.tsx';
import { healthLine } from './host-health.ts';
import { hostQuery } from './host-query.ts';
import styles from './refetch-button.module.css';
import { RefetchButton } from './refetch-button.tsx';
import { hostTabs } from './search.ts';
import { TabContent, tabNames } from './tab-content.tsx';

const route = getRouteApi('/frame/hosts/$id');

/** One host: its health in one line, then its facts, software and history. */
export function HostPage() {
  const id = Number(route.useParams().id);
  const { tab = 'overview', task } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = useQuery({
    ...hostQuery(id),
    refetchInterval: ({ state }) => (state.data?.host.refetch_requested ? quickMs : liveMs),
  });
  const host = asked.data?.host;
  const inventory = useQuery({
    ...ask(hostInventory, { params: { id } }),
    refetchInterval: host?.refetch_requested ? quickMs : liveMs,
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
      sentence={host && <OverdueLine hostId={id}>{healthLine(host, inventory.data?.parts, now)}</OverdueLine>}
      actions={
        host && (
          <div className={styles.actions}>
            {!isDelivered(host) && <RefetchButton host={host} />}
            <HostActions host={host} />
          </div>
        )
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(to) => void navigate({ search: { tab: to === 'overview' ? undefined : oneOf(to, hostTabs) } })}
      >
        <Tabs.List mb={16}>
          {hostTabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {tabNames[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {hostTabs.map((value) => (
          <Tabs.Panel key={value} value={value}>
            <TabContent tab={value} id={id} host={host} asked={asked} inventory={inventory} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <OpenTask id={task} close={() => void navigate({ search: (before) => ({ ...before, task: undefined }) })} />
    </Page>
  );
}

import type { HostDetail } from '@flotilla/contract/hosts';
import { lazy, Suspense } from 'react';
import type { Asked } from '../pieces/async-list.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import type { InventoryAsked } from './inventory-parts.tsx';
import { Overview } from './overview.tsx';
import type { HostTab } from './search.ts';

const SoftwareTab = lazy(() => import('./software-tab.tsx'));
const LibraryTab = lazy(() => import('./library-tab.tsx'));
const FindingsTab = lazy(() => import('./findings-tab.tsx'));
const Timeline = lazy(() => import('./timeline.tsx'));
const ChangesTab = lazy(() => import('./changes-tab.tsx'));
const PoliciesTab = lazy(() => import('./policies-tab.tsx'));

/** What each tab is called. */
export const tabNames: Record<HostTab, string> = {
  overview: 'Overview',
  software: 'Software',
  library: 'Library',
  findings: 'Findings',
  policies: 'Policies',
  timeline: 'Timeline',
  changes: 'Compare',
};

interface Props {
  id: number;
  host: HostDetail | undefined;
  asked: Asked;
  inventory: InventoryAsked;
}

/** What stands behind a tab of the page of a host. */
export function TabContent({ tab, ...of }: Props & { tab: HostTab }) {
  return (
    <Suspense fallback={<PanelSkeleton lines={6} />}>
      <Content tab={tab} {...of} />
    </Suspense>
  );
}

function Content({ tab, id, host, asked, inventory }: Props & { tab: HostTab }) {
  switch (tab) {
    case 'overview':
      return <Overview host={host} inventory={inventory} />;
    case 'software':
      return <SoftwareTab id={id} />;
    case 'library':
      return <LibraryTab id={id} host={host} />;
    case 'findings':
      return <FindingsTab id={id} />;
    case 'policies':
      return <PoliciesTab host={host} asked={asked} />;
    case 'timeline':
      return <Timeline id={id} />;
    case 'changes':
      return <ChangesTab id={id} />;
  }
}

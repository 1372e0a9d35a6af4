import { Button } from '@mantine/core';
import { IconRss, IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { liveMs } from '../api/queries.ts';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { Empty } from '../pieces/empty.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { listed } from '../pieces/words.ts';

/** No vulnerabilities to show: because of the filters, because there are no data to find any with, or because none is. */
export function NoVulnerabilities({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const feeds = useQuery({ ...feedsQuery, refetchInterval: liveMs });
  if (filtered) {
    return (
      <Empty icon={<IconSearch size={28} stroke={1.5} aria-hidden />} title="No vulnerability matches">
        <p className="quiet">Vulnerabilities that no host has are not listed.</p>
        <Button variant="default" onClick={clear}>
          Show all vulnerabilities
        </Button>
      </Empty>
    );
  }
  if (feeds.error && !feeds.data) {
    return <Trouble what="The feeds could not be loaded" error={feeds.error} retry={() => void feeds.refetch()} />;
  }
  if (!feeds.data) return <PanelSkeleton lines={3} />;
  const missing = feeds.data.feeds.filter((feed) => feed.is_needed && !feed.is_absent && feed.fetched_at === null);
  if (missing.length > 0) {
    return (
      <Empty icon={<IconRss size={28} stroke={1.5} aria-hidden />} title="No vulnerability data yet">
        <p className="quiet">
          Nothing was received yet from {listed(missing.map(({ title }) => title))}. Without data nobody can tell what
          is vulnerable.
        </p>
        <Link to="/feeds">Update the feeds</Link>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconShieldCheck size={28} stroke={1.5} aria-hidden />} title="No vulnerability found">
      <p className="quiet">
        None of the software that was judged has a known vulnerability. Software that no feed covers is marked “not
        judged” in the list of software.
      </p>
      <Link to="/feeds">See how old the data are</Link>
    </Empty>
  );
}

import { vulnerabilityHistory } from '@flotilla/contract/exposure';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Facts } from '../pieces/facts.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import { DueTime } from '../vulnerabilities/actions/due-time.tsx';
import { fixTimeWords } from './fix-time-words.ts';
import styles from './history-panel.module.css';

/** One vulnerability on the hosts over time, and when it is due on them. */
export function HistoryPanel({ cve }: { cve: string }) {
  const fleet_id = useFleetId();
  const asked = useQuery({
    ...ask(vulnerabilityHistory, { params: { cve }, query: { fleet_id } }),
    refetchInterval: liveMs,
  });
  if (asked.error && !asked.data) {
    return <Trouble what="The history could not be loaded" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!asked.data) return <PanelSkeleton lines={3} />;
  const { first_seen_at, peak_hosts, peak_at, gone_at, due_hosts, overdue_hosts, first_due_at } = asked.data;
  if (first_seen_at === null) return null;
  const due =
    first_due_at === null ? (
      'on no host within 30 days of its beginning'
    ) : (
      <>
        on{' '}
        <Link to="/due" search={{ by: 'cve', within: '30' }}>
          {counted(due_hosts, 'host')}
        </Link>
        , first <DueTime at={first_due_at} />, overdue on{' '}
        {overdue_hosts === 0 ? 'none' : counted(overdue_hosts, 'host')}
      </>
    );
  return (
    <section className={styles.section}>
      <h2>History and due dates</h2>
      <div className={`panel ${styles.underlined}`}>
        <Facts
          facts={[
            ['Due', due],
            ['First seen on a host', <TimeAgo key="first" at={first_seen_at} />],
            [
              'Most hosts',
              <span key="peak">
                {counted(peak_hosts, 'host')} {peak_at && <TimeAgo at={peak_at} />}
              </span>,
            ],
            ['On no host since', gone_at ? <TimeAgo key="gone" at={gone_at} /> : 'still on hosts'],
            ['Time to fix', gone_at ? fixTimeWords(first_seen_at, gone_at) : 'not fixed yet'],
          ]}
        />
      </div>
    </section>
  );
}

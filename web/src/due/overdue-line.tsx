import { listDueVulnerabilities } from '@flotilla/contract/due';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { counted } from '../pieces/words.ts';

/** A sentence about a host, and how much is overdue on it. */
export function OverdueLine({ hostId, children }: { hostId: number; children: string }) {
  const query = { host_id: hostId, per_page: 1 };
  const { data } = useQuery({ ...ask(listDueVulnerabilities, { query }), refetchInterval: liveMs });
  if (!data || data.count === 0) return children;
  return (
    <>
      {children}{' '}
      <Link to="/hosts/$id" params={{ id: `${hostId}` }} search={{ tab: 'findings' }}>
        {counted(data.count, 'vulnerability', 'vulnerabilities')} overdue
      </Link>
      .
    </>
  );
}

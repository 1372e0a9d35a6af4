import type { Policy } from '@flotilla/contract/policies';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { liveMs } from '../api/queries.ts';
import { LinkButton } from '../pieces/link-button.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import { DeletePolicy } from './delete-policy.tsx';
import styles from './policies.module.css';
import { PolicyFacts } from './policy-facts.tsx';
import { PolicyHosts } from './policy-hosts.tsx';
import { policyQuery } from './policy-query.ts';

const route = getRouteApi('/frame/policies/$id');

/** One policy: on how many hosts it holds, what it asks, and how each host answers. */
export function PolicyPage() {
  const id = Number(route.useParams().id);
  const asked = useQuery({ ...policyQuery(id), refetchInterval: liveMs });
  const policy = asked.data?.policy;
  const may = useMay('policies:write', policy?.fleet_id ?? 'everywhere');
  const above = <Link to="/policies">Policies</Link>;
  if (asked.error && !policy) {
    return (
      <Page title="Policy" above={above}>
        <Trouble what="The policy could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={policy?.name}
      above={above}
      sentence={policy && <Sentence policy={policy} />}
      actions={
        policy &&
        may && (
          <div className={styles.buttons}>
            <LinkButton to="/policies/$id/edit" params={{ id: `${id}` }} quiet>
              Edit
            </LinkButton>
            <DeletePolicy policy={policy} />
          </div>
        )
      }
    >
      {policy ? <PolicyFacts policy={policy} /> : <PanelSkeleton lines={4} />}
      <PolicyHosts id={id} />
    </Page>
  );
}

function Sentence({ policy }: { policy: Policy }) {
  const params = { id: `${policy.id}` };
  return (
    <>
      {policy.critical && <b>Critical. </b>}
      Fails on{' '}
      <Link to="/policies/$id" params={params} search={{ response: 'fail' }}>
        {counted(policy.failing_host_count, 'host')}
      </Link>
      , passes on{' '}
      <Link to="/policies/$id" params={params} search={{ response: 'pass' }}>
        {counted(policy.passing_host_count, 'host')}
      </Link>
      {policy.host_count_updated_at && (
        <>
          , counts as of <TimeAgo at={policy.host_count_updated_at} />
        </>
      )}
    </>
  );
}

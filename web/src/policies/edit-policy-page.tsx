import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { draftOf } from './policy-draft.ts';
import { PolicyForm } from './policy-form.tsx';
import { policyQuery } from './policy-query.ts';

const route = getRouteApi('/frame/policies/$id/edit');

/** Changes a policy. */
export function EditPolicyPage() {
  const { id } = route.useParams();
  const asked = useQuery(policyQuery(Number(id)));
  const policy = asked.data?.policy;
  const above = (
    <>
      <Link to="/policies">Policies</Link>
      {policy && (
        <>
          {' / '}
          <Link to="/policies/$id" params={{ id }}>
            {policy.name}
          </Link>
        </>
      )}
    </>
  );
  return (
    <Page title={policy ? `Edit ${policy.name}` : asked.error ? 'Policy' : undefined} above={above}>
      {asked.error && !policy && (
        <Trouble what="The policy could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !policy && <PanelSkeleton lines={6} />}
      {policy && <PolicyForm key={policy.id} id={policy.id} start={draftOf(policy)} />}
    </Page>
  );
}

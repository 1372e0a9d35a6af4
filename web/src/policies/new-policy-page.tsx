import { Link } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { useFleetId, useFleets } from '../fleets/use-fleet.ts';
import { Page } from '../pieces/page.tsx';
import { emptyDraft } from './policy-draft.ts';
import { PolicyForm } from './policy-form.tsx';

/** Makes a policy. */
export function NewPolicyPage() {
  const [first] = useFleets();
  const mayEverywhere = useMay('policies:write');
  const chosen = useFleetId();
  const fleet = chosen ?? (mayEverywhere ? undefined : first?.id);
  return (
    <Page
      title="New policy"
      above={<Link to="/policies">Policies</Link>}
      sentence="What should hold on your hosts, and what to do where it does not"
    >
      <PolicyForm start={{ ...emptyDraft, fleetId: fleet ?? null }} />
    </Page>
  );
}

import { Link } from '@tanstack/react-router';
import { Page } from '../pieces/page.tsx';
import { emptyDraft } from './policy-draft.ts';
import { PolicyForm } from './policy-form.tsx';

/** Makes a policy. */
export function NewPolicyPage() {
  return (
    <Page
      title="New policy"
      above={<Link to="/policies">Policies</Link>}
      sentence="What should hold on your hosts, and what to do where it does not"
    >
      <PolicyForm start={emptyDraft} />
    </Page>
  );
}

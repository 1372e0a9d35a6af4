import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, useRouter } from '@tanstack/react-router';
import { Empty } from '../pieces/empty.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';

/** While the code of a page is on its way. */
export function PagePending() {
  return (
    <Page title={undefined}>
      <PanelSkeleton lines={6} />
    </Page>
  );
}

/** When a page could not be opened at all. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="Not available">
      <Trouble what="The page could not be opened" error={error} retry={retry} />
    </Page>
  );
}

/** The same when not even the frame could be shown. */
export function FrameFailure(props: ErrorComponentProps) {
  return (
    <main>
      <PageFailure {...props} />
    </main>
  );
}

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Page not found">
      <Empty title="There is no page at this address">
        <p className="quiet">It may have moved, or the address may be mistyped.</p>
        <Link to="/hosts">Go to the hosts</Link>
      </Empty>
    </Page>
  );
}

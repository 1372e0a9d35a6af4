import { Button } from '@mantine/core';
import { Empty } from './empty.tsx';

/** A page number behind the last page: the list may have become shorter. */
export function PastEnd({ first }: { first: () => void }) {
  return (
    <Empty title="The list ends before this page">
      <p className="quiet">It may have become shorter since the link was made.</p>
      <Button variant="default" onClick={first}>
        Go to the first page
      </Button>
    </Empty>
  );
}

import { Button } from '@mantine/core';
import { Empty } from '../pieces/empty.tsx';

/** A host without software to show: because of the search, or because nothing came yet. */
export function NoSoftware({ query, clear }: { query: string | undefined; clear: () => void }) {
  if (query) {
    return (
      <Empty title={`Nothing on this host matches “${query}”`}>
        <Button variant="default" onClick={clear}>
          Show all its software
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title="No software known">
      <p className="quiet">
        The host had not reported its software. Its first inventory usually comes within a minute of enrolling; Overview
        says what it waits for.
      </p>
    </Empty>
  );
}

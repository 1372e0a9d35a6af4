import { Button } from '@mantine/core';
import { IconPackage, IconSearch } from '@tabler/icons-react';
import { Empty } from '../pieces/empty.tsx';

/** No titles to show: because of the search, or because nothing was uploaded yet. */
export function NoLibrary({ query, clear }: { query: string | undefined; clear: () => void }) {
  if (query) {
    return (
      <Empty
        icon={<IconSearch size={28} stroke={1.5} aria-hidden />}
        title={`Nothing in the library matches “${query}”`}
      >
        <Button variant="default" onClick={clear}>
          Show all of it
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconPackage size={28} stroke={1.5} aria-hidden />} title="The library is empty">
      <p className="quiet">
        Drop a .deb file on this page, or choose one with the button above. Its name and version are read from the file,
        and from then on it can be installed on a host, rolled out to many, or installed where a policy fails.
      </p>
    </Empty>
  );
}

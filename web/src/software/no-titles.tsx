import { Button } from '@mantine/core';
import { IconBox, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Empty } from '../pieces/empty.tsx';

/** No titles to show: because of the filters, or because no host has reported yet. */
export function NoTitles({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  if (filtered) {
    return (
      <Empty icon={<IconSearch size={28} stroke={1.5} aria-hidden />} title="No software matches">
        <p className="quiet">Titles that no host has any more are not listed.</p>
        <Button variant="default" onClick={clear}>
          Show all software
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconBox size={28} stroke={1.5} aria-hidden />} title="No software yet">
      <p className="quiet">Software appears as soon as the first host reports what is installed on it.</p>
      <Link to="/hosts">See how to enrol a host</Link>
    </Empty>
  );
}

import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconSearch } from '@tabler/icons-react';
import { Command } from '../pieces/command.tsx';
import { Empty } from '../pieces/empty.tsx';

/** Before the first host: how to enrol one. */
export function NoHosts() {
  return (
    <Empty icon={<IconDeviceDesktop size={28} stroke={1.5} aria-hidden />} title="No hosts yet">
      <p className="quiet">
        Run this on the computer to enrol. It starts osquery, which reports what is installed; the host appears here a
        few seconds later, without a reload.
      </p>
      <Command text="npx flotilla enrol --osquery" />
    </Empty>
  );
}

/** When the filters leave nothing over. */
export function NoMatch({ clear }: { clear: () => void }) {
  return (
    <Empty icon={<IconSearch size={28} stroke={1.5} aria-hidden />} title="No host matches">
      <p className="quiet">The search looks at names, serial numbers, UUIDs and addresses.</p>
      <Button variant="default" onClick={clear}>
        Show all hosts
      </Button>
    </Empty>
  );
}

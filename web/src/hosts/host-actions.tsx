import type { HostDetail } from '@flotilla/contract/hosts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import type { BulkKind } from './bulk-bar.tsx';

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));

/** What can be done with a host besides a refetch; nothing where the person may do nothing with it. */
export function HostActions({ host }: { host: HostDetail }) {
  const [kind, setKind] = useState<BulkKind>();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayManage = useMay('hosts:manage', host.fleet_id);
  const mayWrite = useMay('hosts:write', host.fleet_id);
  const hasFleets = useFleets().length > 0;
  if (!mayWrite && !mayManage) return null;
  const close = (isDone: boolean) => {
    if (isDone && kind === 'delete') {
      // The list must not open with what it held before.
      queries.removeQueries({ type: 'inactive' });
      void navigate({ to: '/hosts' });
    }
    setKind(undefined);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions" title="More actions">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayManage && hasFleets && <Menu.Item onClick={() => setKind('move')}>Move to a fleet</Menu.Item>}
          {mayWrite && <Menu.Item onClick={() => setKind('label')}>Put a label on or off</Menu.Item>}
          {mayManage && <Menu.Item onClick={() => setKind('delete')}>Delete the host</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {kind && (
        <Suspense>
          <BulkDialog kind={kind} chosen={{ ids: new Set([host.id]), isAll: false }} filter={{}} close={close} />
        </Suspense>
      )}
    </>
  );
}

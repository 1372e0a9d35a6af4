import { exportHostSoftware, exportHosts } from '@flotilla/contract/exports';
import { type HostFilters, reportHosts } from '@flotilla/contract/hosts';
import type { QueryOf } from '@flotilla/contract/route';
import { addressOf } from '../api/call.ts';
import { ExportMenu } from '../pieces/export-menu.tsx';

interface Props {
  filter: HostFilters;
  order: Pick<QueryOf<typeof reportHosts>, 'order_key' | 'order_direction'>;
}

/** Downloads the hosts that the filters find, or what is on them. */
export function ExportHosts({ filter, order }: Props) {
  return (
    <ExportMenu
      formats={[
        { name: 'Hosts as CSV', href: addressOf(reportHosts.path, undefined, { ...filter, ...order, format: 'csv' }) },
        { name: 'Hosts as JSON', href: addressOf(exportHosts.path, undefined, { ...filter, format: 'json' }) },
        {
          name: 'Their software as CSV',
          href: addressOf(exportHostSoftware.path, undefined, { ...filter, format: 'csv' }),
        },
      ]}
    />
  );
}

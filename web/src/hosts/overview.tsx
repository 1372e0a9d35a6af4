import type { HostDetail } from '@flotilla/contract/hosts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { duration, isNever } from '../pieces/relative-time.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { bytes, counted } from '../pieces/words.ts';
import { type InventoryAsked, InventoryParts } from './inventory-parts.tsx';
import styles from './overview.module.css';
import { platformName } from './platform-names.ts';

/** The facts of a host, and how fresh each part of its inventory is. */
export function Overview({ host, inventory }: { host: HostDetail | undefined; inventory: InventoryAsked }) {
  return (
    <div className={styles.overview}>
      {host ? (
        <AllFacts host={host} kernel={inventory.data?.running_kernel ?? null} />
      ) : (
        panels.map((id) => <PanelSkeleton key={id} lines={9} />)
      )}
      <InventoryParts asked={inventory} />
    </div>
  );
}

const panels = ['system', 'hardware', 'reporting'];

function AllFacts({ host, kernel }: { host: HostDetail; kernel: string | null }) {
  return (
    <>
      <SystemFacts host={host} kernel={kernel} />
      <HardwareFacts host={host} />
      <ReportFacts host={host} />
    </>
  );
}

function SystemFacts({ host, kernel }: { host: HostDetail; kernel: string | null }) {
  return (
    <Facts title="System">
      <Fact name="Fleet">
        {host.fleet_name === null ? (
          'in no fleet'
        ) : (
          <Link to="/hosts" search={{ fleet_id: host.fleet_id ?? undefined }}>
            {host.fleet_name}
          </Link>
        )}
      </Fact>
      <Fact name="Labels">{host.labels.length > 0 && <HostLabels labels={host.labels} />}</Fact>
      <Fact name="Operating system">{host.os_version}</Fact>
      <Fact name="Platform">{platformName(host.platform)}</Fact>
      <Fact name="Build">{host.build}</Fact>
      <Fact name="Running kernel">{kernel}</Fact>
      <Fact name="Up for">{host.uptime > 0 && duration(host.uptime / 1e9)}</Fact>
      <Fact name="Time zone">{host.timezone}</Fact>
      <Fact name="Host name">{host.hostname}</Fact>
      <Fact name="UUID">{host.uuid && <span className="mono">{host.uuid}</span>}</Fact>
    </Facts>
  );
}

function HostLabels({ labels }: { labels: HostDetail['labels'] }) {
  return (
    <ul className={styles.labels}>
      {labels.map(({ id, name }) => (
        <li key={id}>
          <Link to="/hosts" search={{ label_id: id }}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function HardwareFacts({ host }: { host: HostDetail }) {
  const cores = host.cpu_logical_cores > 0 ? counted(host.cpu_logical_cores, 'thread') : '';
  const total = host.gigs_total_disk_space;
  return (
    <Facts title="Hardware and network">
      <Fact name="Model">{`${host.hardware_vendor} ${host.hardware_model}`.trim()}</Fact>
      <Fact name="Serial number">{host.hardware_serial}</Fact>
      <Fact name="Processor">{[host.cpu_brand, cores].filter(Boolean).join(', ')}</Fact>
      <Fact name="Memory">{host.memory > 0 && bytes(host.memory)}</Fact>
      <Fact name="Disk">
        {total > 0 &&
          `${host.gigs_disk_space_available} GB free of ${total} GB (${host.percent_disk_space_available} %)`}
      </Fact>
      {host.batteries && <Fact name="Battery">{host.batteries.map(batteryWords).join('; ')}</Fact>}
      <Fact name="Disk encryption">
        {host.disk_encryption_enabled === undefined ? 'unknown' : host.disk_encryption_enabled ? 'on' : 'off'}
      </Fact>
      <Fact name="Address">{host.primary_ip}</Fact>
      <Fact name="Public address">{host.public_ip}</Fact>
      <Fact name="MAC address">{host.primary_mac && <span className="mono">{host.primary_mac}</span>}</Fact>
    </Facts>
  );
}

const batteryWords = ({ health, cycle_count }: NonNullable<HostDetail['batteries']>[number]) =>
  `${health.toLowerCase()}, ${counted(cycle_count, 'cycle')}`;

function ReportFacts({ host }: { host: HostDetail }) {
  return (
    <Facts title="Reporting">
      <Fact name="Last seen">
        <TimeAgo at={host.seen_time} />
      </Fact>
      <Fact name="Details updated">
        <TimeAgo at={host.detail_updated_at} />
      </Fact>
      <Fact name="Software changed">
        <TimeAgo at={host.software_updated_at} />
      </Fact>
      <Fact name="Enrolled">
        <TimeAgo at={host.last_enrolled_at} />
      </Fact>
      <Fact name="Restarted">{!isNever(host.last_restarted_at) && <TimeAgo at={host.last_restarted_at} />}</Fact>
      <Fact name="osquery">{host.osquery_version}</Fact>
      <Fact name="Asks for work every">
        {host.osquery_version && host.distributed_interval > 0 && counted(host.distributed_interval, 'second')}
      </Fact>
    </Facts>
  );
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`panel ${styles.facts}`}>
      <h2>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

/** One fact; what the host has not told is said so, not left blank. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  const told = children !== '' && children !== null && children !== undefined && children !== false;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{told ? children : <span className="quiet">not reported</span>}</dd>
    </div>
  );
}

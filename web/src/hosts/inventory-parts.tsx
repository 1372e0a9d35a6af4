import type { hostInventory, Part } from '@flotilla/contract/host-software';
import type { ResponseOf } from '@flotilla/contract/route';
import { IconAlertTriangle, IconCheck, IconClock, IconHandStop } from '@tabler/icons-react';
import { type Asked, AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import styles from './overview.module.css';
import { partName, partState } from './part-state.ts';

type Inventory = ResponseOf<typeof hostInventory>;
export interface InventoryAsked extends Asked {
  data: Inventory | undefined;
}

const icons = { good: IconCheck, wait: IconClock, warn: IconHandStop, bad: IconAlertTriangle };

const columns: readonly Column<Part>[] = [
  { key: 'part', title: 'Part', width: '26%', card: 'lead', cell: (part) => partName(part.part) },
  { key: 'state', title: 'State', width: '38%', cell: (part) => <PartState part={part} /> },
  {
    key: 'count',
    title: 'Software',
    width: '12%',
    numeric: true,
    cell: (part) => (part.software_count === null ? '—' : number(part.software_count)),
  },
  { key: 'ok', title: 'Renewed', width: '24%', numeric: true, cell: (part) => <TimeAgo at={part.ok_at} /> },
];

/** How fresh each part of the inventory is, and what in it was not understood. */
export function InventoryParts({ asked }: { asked: InventoryAsked }) {
  return (
    <section className={styles.parts}>
      <h2>Inventory</h2>
      <AsyncList
        what="parts of the inventory"
        asked={asked}
        rows={asked.data?.parts}
        rowKey={(part) => part.part}
        columns={columns}
        question=""
        empty={
          <Empty title="No inventory yet">
            <p className="quiet">The host is asked for it right after it enrols; this usually takes a few seconds.</p>
          </Empty>
        }
      />
      {asked.data && <Problems inventory={asked.data} />}
    </section>
  );
}

function PartState({ part }: { part: Part }) {
  const { tone, words } = partState(part);
  const Icon = icons[tone];
  return (
    <span className={styles.state} data-tone={tone} title={words}>
      <Icon size={16} aria-hidden />
      {words}
    </span>
  );
}

function Problems({ inventory }: { inventory: Inventory }) {
  const rows = inventory.parts.flatMap((part) => part.problems.map((problem) => ({ ...problem, part: part.part })));
  if (rows.length === 0 && inventory.problems.length === 0) return null;
  return (
    <ul className={`panel ${styles.problems}`} aria-label="Problems">
      {rows.map(({ part, reason, count, example }) => (
        <li key={`${part} ${reason}`}>
          <b>{counted(count, 'row')} not understood</b> in {partName(part)}: {reason}
          {example && <code className="mono">{example}</code>}
        </li>
      ))}
      {inventory.problems.map(({ at, kind, detail, count }) => (
        <li key={`${at} ${kind} ${detail}`}>
          <b>{kind.replaceAll('_', ' ')}</b>
          {count > 1 && ` (${number(count)} times)`}, <TimeAgo at={at} />
          {detail && <code className="mono">{detail}</code>}
        </li>
      ))}
    </ul>
  );
}

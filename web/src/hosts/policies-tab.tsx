import type { HostDetail } from '@flotilla/contract/hosts';
import type { HostPolicy } from '@flotilla/contract/policies';
import { Link } from '@tanstack/react-router';
import type { Asked } from '../pieces/async-list.tsx';
import { AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { PolicyName } from '../policies/policy-name.tsx';
import { ResponseMark } from '../policies/response-mark.tsx';
import styles from './as-of.module.css';
import { policiesSentence, worstFirst } from './policy-sentence.ts';

const columns: readonly Column<HostPolicy>[] = [
  { key: 'name', title: 'Policy', width: '28%', card: 'lead', cell: (policy) => <PolicyName policy={policy} /> },
  {
    key: 'answer',
    title: 'Answer',
    width: '12%',
    card: 'lead',
    cell: (policy) => <ResponseMark of={policy.response} />,
  },
  {
    key: 'why',
    title: 'Why',
    width: '30%',
    cell: ({ why }) => (why ? <span title={why}>{why}</span> : <span className="quiet">not told</span>),
  },
  {
    key: 'resolution',
    title: 'What to do',
    width: '18%',
    wide: true,
    cell: ({ resolution, response }) =>
      response === 'fail' && resolution ? (
        <span title={resolution}>{resolution}</span>
      ) : (
        <span className="quiet">—</span>
      ),
  },
  { key: 'since', title: 'Since', width: '12%', numeric: true, cell: ({ since }) => <TimeAgo at={since} /> },
];

/** How the host answers each policy, the failing ones first. */
export default function PoliciesTab({ host, asked }: { host: HostDetail | undefined; asked: Asked }) {
  return (
    <>
      <p className={`quiet ${styles.count}`} role="status">
        {host && policiesSentence(host.policies)}&nbsp;
      </p>
      <AsyncList
        what="policies of this host"
        asked={asked}
        rows={host && worstFirst(host.policies)}
        rowKey={({ id }) => `${id}`}
        columns={columns}
        question="policies"
        empty={
          <Empty title="No policy is about this host">
            <p className="quiet">A policy says what should hold on every host, and shows where it does not.</p>
            <Link to="/policies">Go to the policies</Link>
          </Empty>
        }
      />
    </>
  );
}

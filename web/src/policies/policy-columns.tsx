import type { Policy } from '@flotilla/contract/policies';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { counted, number } from '../pieces/words.ts';
import { PolicyName } from './policy-name.tsx';
import { kindWord } from './policy-words.ts';
import { ScopeName } from './scope-name.tsx';

function Count({ policy, response }: { policy: Policy; response: 'fail' | 'pass' }) {
  const count = response === 'fail' ? policy.failing_host_count : policy.passing_host_count;
  const verb = response === 'fail' ? 'fails' : 'passes';
  return (
    <Link
      to="/policies/$id"
      params={{ id: `${policy.id}` }}
      search={{ response }}
      aria-label={`${policy.name} ${verb} on ${counted(count, 'host')}`}
    >
      {number(count)}
    </Link>
  );
}

/** The columns of the list of policies. */
export const policyColumns: readonly Column<Policy>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    width: '32%',
    card: 'lead',
    cell: (policy) => <PolicyName policy={policy} />,
  },
  { key: 'kind', title: 'Kind', width: '10%', cell: kindWord },
  { key: 'scope', title: 'Scope', width: '14%', wide: true, cell: (policy) => <ScopeName policy={policy} /> },
  {
    key: 'installs',
    title: 'Installs where it fails',
    width: '20%',
    cell: ({ install_software: install }) =>
      install ? (
        <Link to="/software/titles/$id" params={{ id: `${install.software_title_id}` }} title={install.name}>
          {install.display_name || install.name}
        </Link>
      ) : (
        <span className="quiet">nothing</span>
      ),
  },
  {
    key: 'failing',
    title: 'Failing',
    sort: 'failing_host_count',
    first: 'desc',
    width: '12%',
    numeric: true,
    cell: (policy) => <Count policy={policy} response="fail" />,
  },
  {
    key: 'passing',
    title: 'Passing',
    sort: 'passing_host_count',
    first: 'desc',
    width: '12%',
    numeric: true,
    cell: (policy) => <Count policy={policy} response="pass" />,
  },
];

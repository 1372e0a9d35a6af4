import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFleetId } from '../fleets/use-fleet.ts';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { dueQuery } from './due-query.ts';
import { useAwaited } from './health-query.ts';
import styles from './home.module.css';

interface Counts {
  findings: number;
  hosts: number;
  vulnerabilities: number;
}

/** What is overdue and what soon will be: each leads to its list. */
export function DueCards() {
  const asked = useQuery(dueQuery(useFleetId()));
  const retry = () => void asked.refetch();
  if (asked.error && !asked.data) {
    return <Trouble what="What is due could not be loaded" error={asked.error} retry={retry} />;
  }
  return (
    <>
      {asked.error && <StaleNotice error={asked.error} retry={retry} />}
      <div className={styles.cards}>
        <Card title="Overdue now" of={asked.data?.overdue} tone={asked.data?.overdue.findings ? 'bad' : 'good'} />
        <Card
          title="Due in three days"
          of={asked.data?.soon}
          within="3"
          tone={asked.data?.soon.findings ? 'warn' : 'good'}
        />
      </div>
    </>
  );
}

interface Props {
  title: string;
  of: Counts | undefined;
  within?: '3';
  tone: 'bad' | 'warn' | 'good';
}

function Card({ title, of, within, tone }: Props) {
  const isKnown = useAwaited() === null;
  return (
    <Link
      to="/due"
      search={{ within }}
      className={`panel ${styles.card}`}
      data-tone={isKnown || tone !== 'good' ? tone : undefined}
    >
      <span className={styles.name}>{title}</span>
      {of ? (
        <>
          <span className={styles.big}>{number(of.findings)}</span>
          <span className="quiet">
            {of.findings === 0
              ? isKnown
                ? 'None'
                : 'None so far: not all is judged yet'
              : `${counted(of.vulnerabilities, 'vulnerability', 'vulnerabilities')} on ${counted(of.hosts, 'host')}`}
          </span>
        </>
      ) : (
        <Skeleton height={44} mt={8} />
      )}
    </Link>
  );
}

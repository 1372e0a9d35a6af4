import { type Proposal, vulnerabilityUpdates } from '@flotilla/contract/updates';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, liveMs } from '../api/queries.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { RolloutButton } from '../updates/rollout-button.tsx';
import findings from './findings.module.css';
import { proposalWords } from './proposal-words.ts';
import styles from './update-section.module.css';

const shownFirst = 10;

/** What would clear the vulnerability, and the button that does it; nothing where no host has it. */
export function UpdateSection({ cve }: { cve: string }) {
  const [all, setAll] = useState(false);
  const asked = useQuery({ ...ask(vulnerabilityUpdates, { params: { cve } }), refetchInterval: liveMs });
  const proposals = asked.data?.proposals;
  const retry = () => void asked.refetch();
  if (proposals?.length === 0) return null;
  return (
    <section className={findings.section}>
      <h2>Update</h2>
      {asked.error && !proposals && (
        <Trouble what="The updates could not be loaded" error={asked.error} retry={retry} />
      )}
      {asked.error && proposals && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !proposals && <PanelSkeleton lines={2} />}
      {proposals && (
        <ul className={`panel ${styles.proposals}`}>
          {proposals.slice(0, all ? undefined : shownFirst).map((proposal) => (
            <Entry key={proposal.title_id} cve={cve} proposal={proposal} />
          ))}
        </ul>
      )}
      {proposals && !all && proposals.length > shownFirst && (
        <Button variant="default" mt={12} onClick={() => setAll(true)}>
          Show all {number(proposals.length)}
        </Button>
      )}
    </section>
  );
}

function Entry({ cve, proposal }: { cve: string; proposal: Proposal }) {
  return (
    <li data-row="">
      <div>
        <Link to="/software/titles/$id" params={{ id: `${proposal.title_id}` }}>
          {proposal.title}
        </Link>
        <p className="quiet">{proposalWords(proposal)}</p>
      </div>
      <Action cve={cve} proposal={proposal} />
    </li>
  );
}

function Action({ cve, proposal }: { cve: string; proposal: Proposal }) {
  const { title_id, title, package: found, rollout_id, why_not, hosts_count } = proposal;
  if (rollout_id !== null) {
    return (
      <Link to="/updates/rollouts/$id" params={{ id: `${rollout_id}` }}>
        See the rollout under way
      </Link>
    );
  }
  if (found === null) return <Link to="/library">Upload it to the library</Link>;
  if (why_not !== '') return null;
  return (
    <RolloutButton target={{ title_id, title, installer_id: found.installer_id, cve }}>
      {`Update ${counted(hosts_count, 'host')} to ${found.version}`}
    </RolloutButton>
  );
}

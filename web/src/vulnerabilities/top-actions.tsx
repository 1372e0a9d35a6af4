import { type Action, listActions } from '@flotilla/contract/actions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { ActionButton } from './actions/action-button.tsx';
import { effectWords, updateWords } from './actions/action-words.ts';
import styles from './update-section.module.css';

interface Props {
  fleetId?: number | undefined;
  limit: number;
}

/** The updates that take most risk away, each with its button; a sentence where there is none. */
export function TopActions({ fleetId, limit }: Props) {
  const query = { fleet_id: fleetId, has_fix: true, per_page: limit };
  const asked = useQuery({ ...ask(listActions, { query }), refetchInterval: liveMs });
  const actions = asked.data?.actions;
  const retry = () => void asked.refetch();
  if (asked.error && !actions) {
    return <Trouble what="The actions could not be loaded" error={asked.error} retry={retry} />;
  }
  if (!actions) return <PanelSkeleton lines={limit} />;
  if (actions.length === 0) return <p className="quiet">No update would end a known vulnerability.</p>;
  return (
    <>
      {asked.error && <StaleNotice error={asked.error} retry={retry} />}
      <ul className={`panel ${styles.proposals}`}>
        {actions.map((action) => (
          <Entry key={action.id} action={action} />
        ))}
      </ul>
    </>
  );
}

function Entry({ action }: { action: Action }) {
  return (
    <li data-row="">
      <div>
        <Link to="/vulnerabilities/actions/$id" params={{ id: `${action.id}` }}>
          {updateWords(action)}
        </Link>
        <p className="quiet">{effectWords(action)}</p>
      </div>
      <ActionButton action={action} />
    </li>
  );
}

import type { Action } from '@flotilla/contract/actions';
import { Link } from '@tanstack/react-router';
import { RolloutButton } from '../../updates/rollout-button.tsx';

/** The next step of an action: a rollout, or what has to be done first. */
export function ActionButton({ action }: { action: Action }) {
  const { id, kind, fix_version, packages, rollout_id } = action;
  const [first] = packages;
  if (rollout_id !== null) {
    return (
      <Link to="/updates/rollouts/$id" params={{ id: `${rollout_id}` }}>
        See the rollout
      </Link>
    );
  }
  if (fix_version === null) return <span className="quiet">no fix known</span>;
  if (first && packages.length === 1) {
    const { title_id, title, installer_id } = first;
    return (
      <RolloutButton target={{ title_id, title, installer_id }} small>
        Plan update
      </RolloutButton>
    );
  }
  if (first) {
    return (
      <Link to="/vulnerabilities/actions/$id" params={{ id: `${id}` }}>
        {packages.length} packages ready
      </Link>
    );
  }
  if (kind === 'system') return <span className="quiet">no package for it</span>;
  return <Link to="/library">Upload it</Link>;
}

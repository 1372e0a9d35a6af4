import { useNavigate } from '@tanstack/react-router';
import styles from './fleet-switcher.module.css';
import { useFleetId, useFleets } from './use-fleet.ts';

/** Which fleet the console is about; in the address, and kept from page to page. */
export function FleetSwitcher() {
  const fleets = useFleets();
  const chosen = useFleetId();
  const navigate = useNavigate();
  const only = fleets.length === 1 && fleets[0];
  if (fleets.length === 0 && chosen === undefined) return null;
  if (only && (chosen === undefined || chosen === only.id)) return <p className={styles.only}>{only.name}</p>;
  const known = chosen === undefined || fleets.some(({ id }) => id === chosen);
  const go = (fleet_id: number | undefined) =>
    void navigate({ to: '.', search: ((before: object) => ({ ...before, fleet_id, page: undefined })) as never });
  return (
    <select
      className={styles.switcher}
      aria-label="Fleet"
      value={chosen ?? ''}
      onChange={({ currentTarget: { value } }) => go(value === '' ? undefined : Number(value))}
    >
      <option value="">All fleets</option>
      {fleets.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {!known && <option value={chosen}>Fleet {chosen}, not available</option>}
    </select>
  );
}

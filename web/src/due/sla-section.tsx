import { getSla, type Sla } from '@flotilla/contract/due';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { ask } from '../api/queries.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import settings from '../settings/settings.module.css';
import { ruleWords } from './sla-draft.ts';
import { SlaForm } from './sla-form.tsx';

/** By when findings are to be mended, of a fleet or of all; with the table to change for those who may. */
export function SlaSection({ fleetId }: { fleetId?: number }) {
  const asked = useQuery(ask(getSla, { query: { fleet_id: fleetId } }));
  const mayChange = useMay('policies:write', fleetId ?? 'everywhere');
  const sla = asked.data;
  return (
    <section className={settings.section}>
      {fleetId !== undefined && <h2>Due dates</h2>}
      {!sla && asked.error && (
        <Trouble what="The due dates could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!sla && !asked.error && <PanelSkeleton lines={3} />}
      {sla && (
        <>
          <p className={settings.note}>{holdsWords(sla, fleetId)}</p>
          {mayChange ? <SlaForm key={JSON.stringify(sla.rules)} fleetId={fleetId} sla={sla} /> : <RuleList sla={sla} />}
          {fleetId !== undefined && sla.rules === null && mayChange && <RuleList sla={sla} />}
          {fleetId !== undefined && (
            <p className={settings.note}>
              <Link to="/settings/due-dates">See what holds for all fleets</Link>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function holdsWords({ rules, inherited_rules }: Sla, fleetId: number | undefined): string {
  if (rules) return fleetId === undefined ? 'Your own table holds.' : 'Its own table holds in this fleet.';
  if (inherited_rules) return 'The table of all fleets holds here.';
  return 'CISA’s directive BOD 26-04 holds, and the usual table by severity where its inputs are not told.';
}

function RuleList({ sla: { rules, inherited_rules } }: { sla: Sla }) {
  const shown = rules ?? inherited_rules;
  if (!shown) return null;
  return (
    <ul className={`panel ${settings.rows}`}>
      {shown.map((rule) => (
        <li key={JSON.stringify(rule)}>{ruleWords(rule)}</li>
      ))}
    </ul>
  );
}

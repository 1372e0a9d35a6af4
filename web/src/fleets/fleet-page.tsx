import { type Fleet, getFleet } from '@flotilla/contract/fleets';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { ask } from '../api/queries.ts';
import { FleetExposure } from '../due/exposure-choice.tsx';
import { SlaSection } from '../due/sla-section.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from '../settings/settings.module.css';
import { DeleteFleet } from './delete-fleet.tsx';
import { unassigned } from './fleet-choices.ts';
import { FleetForm } from './fleet-form.tsx';
import { SecretsPanel } from './secrets-panel.tsx';

const route = getRouteApi('/frame/settings/fleets/$id');

/** One fleet: its name, when its hosts are forgotten, its enrol secrets, and its end. */
export function FleetPage() {
  const id = Number(route.useParams().id);
  return id === unassigned.id ? <UnassignedPage /> : <OneFleet id={id} />;
}

const above = <Link to="/settings/fleets">Fleets</Link>;

function UnassignedPage() {
  return (
    <Page title={unassigned.name} above={above} sentence="Hosts are here that enrolled with none of a fleet's secrets">
      <FleetExposure fleetId={unassigned.id} />
      <SlaSection fleetId={unassigned.id} />
      <SecretsPanel id={unassigned.id} />
    </Page>
  );
}

function OneFleet({ id }: { id: number }) {
  const asked = useQuery(ask(getFleet, { params: { id } }));
  const mayChange = useMay('fleets:write', id);
  const mayDelete = useMay('fleets:write');
  const maySeeSecrets = useMay('secrets:read', id);
  const fleet = asked.data?.fleet;
  if (asked.error && !fleet) {
    return (
      <Page title="Fleet" above={above}>
        <Trouble what="The fleet could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={fleet?.name}
      above={above}
      sentence={fleet && <Sentence fleet={fleet} />}
      actions={fleet && mayDelete && <DeleteFleet fleet={fleet} />}
    >
      {fleet ? (
        <>
          {mayChange && (
            <section className={styles.section}>
              <FleetForm
                key={JSON.stringify([fleet.name, fleet.description, fleet.host_expiry_settings])}
                fleet={fleet}
              />
            </section>
          )}
          <FleetExposure fleetId={id} />
          <SlaSection fleetId={id} />
          {maySeeSecrets && <SecretsPanel id={id} />}
        </>
      ) : (
        <PanelSkeleton lines={6} />
      )}
    </Page>
  );
}

function Sentence({ fleet: { id, host_count, user_count, description } }: { fleet: Fleet }) {
  return (
    <>
      <Link to="/hosts" search={{ fleet_id: id }}>
        {counted(host_count, 'host')}
      </Link>
      , {counted(user_count, 'person', 'people')} with a role{description && `. ${description}`}
    </>
  );
}

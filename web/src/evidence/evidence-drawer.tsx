import { explainVulnerability } from '@flotilla/contract/explanation';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Dialog } from '../pieces/dialog.tsx';
import { Empty } from '../pieces/empty.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import type { Explained } from './evidence-search.ts';
import { ExplanationOf } from './explanation-of.tsx';

interface Props {
  explained: Explained;
  hostId: number | undefined;
  close: () => void;
}

/** Why a software version is affected by a vulnerability, is not, or nobody can tell: all that a sceptic needs. */
export default function EvidenceDrawer({ explained: { versionId, cve }, hostId, close }: Props) {
  const fleet_id = useFleetId();
  const of = hostId === undefined ? { fleet_id } : { host_id: hostId };
  const asked = useQuery(
    ask(explainVulnerability, { params: { cve }, query: { software_version_id: versionId, ...of } }),
  );
  const explanations = asked.data?.explanations;
  const retry = () => void asked.refetch();
  return (
    <Dialog title={`Evidence: ${cve}`} close={close} side>
      {asked.error && !explanations && (
        <Trouble what="The evidence could not be loaded" error={asked.error} retry={retry} />
      )}
      {asked.error && explanations && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !explanations && <PanelSkeleton lines={8} />}
      {explanations?.length === 0 && (
        <Empty title="It is no longer here">
          <p className="quiet">This version was on your hosts when the page was made, and is not any more.</p>
        </Empty>
      )}
      {explanations?.map((explanation, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be of one release, and they keep their places
        <ExplanationOf key={`${explanation.software.context} ${place}`} explanation={explanation} />
      ))}
    </Dialog>
  );
}

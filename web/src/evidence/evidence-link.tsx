import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { type Explained, evidenceOf, explainedIn } from './evidence-search.ts';

const EvidenceDrawer = lazy(() => import('./evidence-drawer.tsx'));

interface Props {
  explained: Explained;
  /** For those who cannot see the row it stands in. */
  label?: string;
  children: ReactNode;
}

/** Opens the evidence over the present page, also by Enter on its row; that it is open is in the address. */
export function EvidenceLink({ explained, label, children }: Props) {
  return (
    <Link
      to="."
      search={((before: object) => ({ ...before, evidence: evidenceOf(explained) })) as never}
      resetScroll={false}
      aria-label={label}
      preload={false}
      data-opens=""
    >
      {children}
    </Link>
  );
}

interface OpenProps {
  evidence: string | undefined;
  /** Explains it on this host alone; otherwise in each distribution release it is installed in. */
  hostId?: number;
  close: () => void;
}

/** The evidence that the address names, if it names any. */
export function OpenEvidence({ evidence, hostId, close }: OpenProps) {
  const explained = evidence === undefined ? undefined : explainedIn(evidence);
  if (!explained) return null;
  return (
    <Suspense>
      <EvidenceDrawer key={evidence} explained={explained} hostId={hostId} close={close} />
    </Suspense>
  );
}

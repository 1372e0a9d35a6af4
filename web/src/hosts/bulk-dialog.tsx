import { deleteHosts, transferHosts } from '@flotilla/contract/host-changes';
import { refetchHost } from '@flotilla/contract/hosts';
import { addHostLabels, removeHostLabels } from '@flotilla/contract/labels';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { explanation } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { Confirm, useTypedCount } from '../pieces/confirm.tsx';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { counted, number } from '../pieces/words.ts';
import type { BulkKind } from './bulk-bar.tsx';
import { type BulkDraft, BulkFields, emptyBulk, lacks } from './bulk-fields.tsx';
import { type Chosen, useChosenIds } from './chosen-hosts.ts';
import { forEach, inParts, type Progress } from './in-batches.ts';
import type { HostFilter } from './search.ts';

interface Props {
  kind: BulkKind;
  chosen: Chosen;
  filter: HostFilter & { fleet_id?: number };
  close: (isDone: boolean) => void;
}

const verbs: Record<BulkKind, string> = { move: 'Move', label: 'Label', refetch: 'Refetch', delete: 'Delete' };
/** From this many on the count is typed before something is deleted or moved. */
const mostUntyped = 25;
/** What is done host by host is done for so many at most. */
const mostOneByOne = 1_000;
const partSize = 10_000;
const atOnce = 6;

/** Says how many hosts it is about and what happens to them, then does it and says how far it is. */
export default function BulkDialog({ kind, chosen, filter, close }: Props) {
  const asked = useChosenIds(chosen, filter);
  if (!asked.data) {
    return (
      <Dialog title={`${verbs[kind]} hosts`} close={() => close(false)}>
        {asked.error ? <Failure error={asked.error} /> : <p role="status">Reading which hosts match</p>}
      </Dialog>
    );
  }
  const isOneByOne = kind === 'label' || kind === 'refetch';
  if (isOneByOne && asked.data.length > mostOneByOne) {
    return (
      <Dialog title={`${verbs[kind]} ${counted(asked.data.length, 'host')}?`} close={() => close(false)}>
        <p>
          At most {number(mostOneByOne)} hosts at once. Narrow the list,{' '}
          {kind === 'label' ? 'or make a dynamic label, which finds its hosts itself.' : 'and begin with some of them.'}
        </p>
      </Dialog>
    );
  }
  return <Ready kind={kind} ids={asked.data} close={close} />;
}

function Ready({ kind, ids, close }: { kind: BulkKind; ids: readonly number[]; close: Props['close'] }) {
  const [draft, setDraft] = useState<BulkDraft>(emptyBulk);
  const [progress, setProgress] = useState<Progress>();
  const typed = useTypedCount(ids.length, kind === 'refetch' ? Number.POSITIVE_INFINITY : mostUntyped);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: () => run({ kind, ids, draft, tell: setProgress }),
    onSettled: () => queries.invalidateQueries(),
    onSuccess: ({ failed }) => failed === 0 && close(true),
  });
  const count = counted(ids.length, 'host');
  if (act.data && act.data.failed > 0) {
    return (
      <Dialog title={`${verbs[kind]} ${count}`} close={() => close(true)}>
        <p role="alert">
          Done for {counted(act.data.done, 'host')}, not for {number(act.data.failed)}: {explanation(act.data.error)}
        </p>
      </Dialog>
    );
  }
  return (
    <Confirm
      title={`${verbs[kind]} ${count}?`}
      verb={`${verbs[kind]} ${count}`}
      run={() => typed.isRight && !lacks(kind, draft) && act.mutate()}
      isRunning={act.isPending}
      error={act.error}
      close={() => close(false)}
      danger={kind === 'delete'}
    >
      <BulkFields kind={kind} draft={draft} set={setDraft} count={ids.length} />
      {typed.field}
      {act.isPending && progress && (
        <p role="status">
          {number(progress.done + progress.failed)} of {number(ids.length)} done
        </p>
      )}
    </Confirm>
  );
}

interface Running {
  kind: BulkKind;
  ids: readonly number[];
  draft: BulkDraft;
  tell: (progress: Progress) => void;
}

function run({ kind, ids, draft, tell }: Running): Promise<Progress> {
  switch (kind) {
    case 'move': {
      const fleet_id = Number(draft.fleet);
      return inParts(ids, { size: partSize, tell, act: (hosts) => call(transferHosts, { body: { fleet_id, hosts } }) });
    }
    case 'delete':
      return inParts(ids, { size: partSize, tell, act: (part) => call(deleteHosts, { body: { ids: part } }) });
    case 'refetch':
      return forEach(ids, { atOnce, tell, act: (id) => call(refetchHost, { params: { id } }) });
    case 'label': {
      const route = draft.takeOff ? removeHostLabels : addHostLabels;
      return forEach(ids, {
        atOnce,
        tell,
        act: (id) => call(route as typeof addHostLabels, { params: { id }, body: { labels: [draft.label] } }),
      });
    }
  }
}

import {
  createException,
  type ExceptionStatus,
  exceptionStatuses,
  justifications,
} from '@flotilla/contract/exceptions';
import { listLabels } from '@flotilla/contract/labels';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { dayAfter, endOfDay, justificationWords, statusChoices } from './exception-words.ts';
import { Foreseen, type Subject } from './foreseen.tsx';
import { HostChoice } from './host-choice.tsx';
import { OwnerChoice } from './owner-choice.tsx';

interface Draft {
  status: ExceptionStatus;
  justification: (typeof justifications)[number];
  /** `everything`, `fleet 3`, `label 7` or `host`. */
  scope: string;
  host: string;
  owner: string;
  title: string;
  reason: string;
  until: string;
}

const usualDays = 90;

interface Props {
  cve: string;
  titles: readonly { id: number; name: string }[];
  close: () => void;
}

/** Accepts a vulnerability, or says that it does not affect or is not there; what that does is shown before. */
export default function NewException({ cve, titles, close }: Props) {
  const scopes = useScopes();
  const [draft, setDraft] = useState<Draft>(() => ({
    ...{ status: 'accepted', justification: 'component_not_present', scope: '', title: '', reason: '' },
    ...{ host: '', owner: '' },
    until: dayAfter(new Date(), usualDays),
  }));
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const scope = draft.scope || (scopes[0]?.value ?? 'everything');
  const subject = subjectOf(cve, { ...draft, scope });
  const make = useMake(close);
  const reasons = reasonsByField(make.error, ['status', 'justification', 'reason', 'until', 'owner_id']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate({ draft, subject });
  };
  return (
    <Dialog title={`Exception for ${cve}`} close={close} wide hold={make.isPending}>
      <form className={dialog.form} onSubmit={submit}>
        <StatusFields draft={draft} set={set} reasons={reasons} />
        <WhereFields draft={{ ...draft, scope }} set={set} scopes={scopes} titles={titles} cve={cve} />
        <WordFields draft={draft} set={set} reasons={reasons} />
        <OwnerChoice value={draft.owner} set={(owner) => set({ owner })} error={reasons.owner_id} />
        {scope === 'host' && draft.host === '' ? (
          <p className="quiet">What it does is told once a host is chosen.</p>
        ) : (
          <Foreseen subject={subject} />
        )}
        {reasons.base && <Failure error={make.error} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={close}>
            Go back
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the exception
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  reasons: Record<string, string>;
}

interface WhereProps extends Omit<FieldProps, 'reasons'>, Pick<Props, 'cve' | 'titles'> {
  scopes: { value: string; label: string }[];
}

/** On which hosts, and in which of the software there. */
function WhereFields({ draft, set, scopes, titles, cve }: WhereProps) {
  return (
    <>
      <NativeSelect
        label="On"
        data={scopes}
        value={draft.scope}
        onChange={({ currentTarget }) => set({ scope: currentTarget.value })}
      />
      {draft.scope === 'host' && <HostChoice cve={cve} value={draft.host} set={(host) => set({ host })} />}
      {titles.length > 1 && (
        <NativeSelect
          label="In"
          data={[
            { value: '', label: 'All software that has it' },
            ...titles.map(({ id, name }) => ({ value: `${id}`, label: name })),
          ]}
          value={draft.title}
          onChange={({ currentTarget }) => set({ title: currentTarget.value })}
        />
      )}
    </>
  );
}

function StatusFields({ draft, set, reasons }: FieldProps) {
  return (
    <>
      <NativeSelect
        label="Why it is not to count"
        data={statusChoices}
        value={draft.status}
        error={reasons.status}
        onChange={({ currentTarget }) => set({ status: oneOf(currentTarget.value, exceptionStatuses) ?? 'accepted' })}
      />
      {draft.status === 'not_affected' && (
        <NativeSelect
          label="It does not affect, because"
          data={justifications.map((value) => ({ value, label: justificationWords[value] }))}
          value={draft.justification}
          error={reasons.justification}
          onChange={({ currentTarget }) =>
            set({ justification: oneOf(currentTarget.value, justifications) ?? 'component_not_present' })
          }
        />
      )}
    </>
  );
}

function WordFields({ draft, set, reasons }: FieldProps) {
  return (
    <>
      <Textarea
        label="Reason"
        description="Others read it when they ask why this does not count"
        required
        withAsterisk={false}
        maxLength={2000}
        rows={3}
        value={draft.reason}
        error={reasons.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      <TextInput
        type="date"
        label="Until the end of"
        description="Then it counts again by itself. Leave it empty for no end."
        value={draft.until}
        error={reasons.until}
        onChange={({ currentTarget }) => set({ until: currentTarget.value })}
      />
    </>
  );
}

/** Where the person may write exceptions. */
function useScopes(): { value: string; label: string }[] {
  const fleets = useFleets();
  const everywhere = useMay('exceptions:write');
  const labels = useQuery(
    ask(listLabels, {
      query: { include_host_counts: false, per_page: 500, order_key: 'name', order_direction: 'asc' },
    }),
  );
  return [
    ...(everywhere ? [{ value: 'everything', label: 'Every host that has it' }] : []),
    ...fleets.map(({ id, name }) => ({ value: `fleet ${id}`, label: id === 0 ? name : `Hosts in ${name}` })),
    ...(labels.data?.labels ?? [])
      .filter((label) => everywhere || label.fleet_id !== null)
      .map(({ id, name }) => ({ value: `label ${id}`, label: `Hosts with the label ${name}` })),
    { value: 'host', label: 'One host' },
  ];
}

function subjectOf(cve: string, { scope, title, host }: Draft): Subject {
  const [kind, id] = scope.split(' ');
  return {
    cve,
    ...(title !== '' && { title_id: Number(title) }),
    ...(kind === 'fleet' && { fleet_id: Number(id) }),
    ...(kind === 'label' && { label_id: Number(id) }),
    ...(kind === 'host' && host !== '' && { host_id: Number(host) }),
  };
}

function useMake(close: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, subject }: { draft: Draft; subject: Subject }) =>
      call(createException, {
        body: {
          ...subject,
          status: draft.status,
          ...(draft.status === 'not_affected' && { justification: draft.justification }),
          reason: draft.reason.trim(),
          until: endOfDay(draft.until) ?? null,
          ...(draft.owner !== '' && { owner_id: draft.owner === 'none' ? null : Number(draft.owner) }),
        },
      }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries();
    },
  });
}

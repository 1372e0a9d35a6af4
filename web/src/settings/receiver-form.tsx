import { editConfig, getConfig, type ServerConfig } from '@flotilla/contract/config';
import { listDeliveries } from '@flotilla/contract/deliveries';
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { Failure } from '../pieces/failure.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import { oneOf } from '../pieces/url-state.ts';
import {
  fieldsOf,
  kindOf,
  type ReceiverDraft,
  type ReceiverKind,
  type SystemName,
  systems,
  toChange,
  valuesOf,
  type WebhookDraft,
} from './receiver-draft.ts';
import styles from './settings.module.css';
import { WebhookFields } from './webhook-fields.tsx';

const choices: { value: ReceiverKind; label: string }[] = [
  { value: 'nobody', label: 'Nobody' },
  { value: 'webhook', label: 'A webhook' },
  { value: 'jira', label: 'Jira, by tickets' },
  { value: 'zendesk', label: 'Zendesk, by tickets' },
  { value: 'github', label: 'GitHub, by issues' },
];
const kinds = choices.map(({ value }) => value);
const systemOf = (kind: ReceiverKind): SystemName | undefined => oneOf(kind, systems);

/** Who is told of new vulnerabilities: one, with what it takes to reach it. */
export function ReceiverForm({ config }: { config: ServerConfig }) {
  const [draft, setDraft] = useState<ReceiverDraft>(() => draftOf(config, kindOf(config)));
  const save = useSave(config);
  const system = systemOf(draft.kind);
  const named = system ? fieldsOf[system].map(({ key }) => key) : ['destination_url', 'secret'];
  const reasons = reasonsByField(save.error, named);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(draft);
  };
  const choose = (kind: ReceiverKind) => {
    save.reset();
    setDraft(draftOf(config, kind));
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <NativeSelect
        label="Told of new vulnerabilities"
        description="Only one is told"
        data={choices}
        value={draft.kind}
        onChange={({ currentTarget }) => choose(oneOf(currentTarget.value, kinds) ?? 'nobody')}
      />
      {draft.kind === 'webhook' && (
        <WebhookFields
          draft={draft.webhook}
          set={(changes: Partial<WebhookDraft>) => setDraft({ ...draft, webhook: { ...draft.webhook, ...changes } })}
          reasons={reasons}
        />
      )}
      {system && (
        <SystemFields
          system={system}
          values={draft.values}
          set={(key, value) => setDraft({ ...draft, values: { ...draft.values, [key]: value } })}
          reasons={reasons}
        />
      )}
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

function draftOf(config: ServerConfig, kind: ReceiverKind): ReceiverDraft {
  const hook = config.webhook_settings.vulnerabilities_webhook;
  const system = systemOf(kind);
  return {
    kind,
    webhook: {
      url: hook.destination_url,
      secret: typeof hook.secret === 'string' ? hook.secret : '',
      size: hook.host_batch_size,
    },
    values: system ? valuesOf(config, system) : {},
  };
}

interface SystemProps {
  system: SystemName;
  values: Record<string, string>;
  set: (key: string, value: string) => void;
  reasons: Record<string, string>;
}

function SystemFields({ system, values, set, reasons }: SystemProps) {
  return fieldsOf[system].map(({ key, label, description, kind }) => {
    const shared = {
      ...{ label, required: true, withAsterisk: false, maxLength: 2048, value: values[key] ?? '', error: reasons[key] },
      onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => set(key, currentTarget.value),
    };
    return kind === 'secret' ? (
      <PasswordInput
        key={`${system} ${key}`}
        {...shared}
        autoComplete="off"
        description="Stars stand for the one that is there; it is never shown again"
      />
    ) : (
      <TextInput
        key={`${system} ${key}`}
        {...shared}
        type={kind}
        {...(kind === 'number' && { min: 1 })}
        {...(description !== undefined && { description })}
      />
    );
  });
}

function useSave(config: ServerConfig) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: ReceiverDraft) => call(editConfig, { body: toChange(config, draft) }),
    onSuccess: (changed) => {
      queries.setQueryData([getConfig.path, null, null], changed);
      void queries.invalidateQueries({ queryKey: [listDeliveries.path] });
    },
  });
}

import { editConfig, getConfig, type ServerConfig } from '@flotilla/contract/config';
import { listDeliveries } from '@flotilla/contract/deliveries';
import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { CheckField } from '../pieces/check-field.tsx';
import { Failure } from '../pieces/failure.tsx';
import { NumberField } from '../pieces/number-field.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import styles from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** Who is told of new vulnerabilities, and how that went. */
export function WebhooksPage() {
  const asked = useQuery(ask(getConfig, {}));
  const hook = asked.data?.webhook_settings.vulnerabilities_webhook;
  return (
    <SettingsPage title="Webhooks" sentence="Told of vulnerabilities that are new on hosts and newly published">
      {asked.error && !hook && (
        <Trouble what="The settings could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !hook && <PanelSkeleton lines={4} />}
      {hook && <WebhookForm key={JSON.stringify(hook)} hook={hook} />}
      <DeliveryLog />
    </SettingsPage>
  );
}

type Hook = ServerConfig['webhook_settings']['vulnerabilities_webhook'];

function WebhookForm({ hook }: { hook: Hook }) {
  const [draft, setDraft] = useState<Draft>({
    isOn: hook.enable_vulnerabilities_webhook,
    url: hook.destination_url,
    secret: typeof hook.secret === 'string' ? hook.secret : '',
    size: hook.host_batch_size,
  });
  const save = useSaveHook(draft);
  const reasons = reasonsByField(save.error, ['destination_url', 'secret']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <CheckField
        label="Send new vulnerabilities to a webhook"
        checked={draft.isOn}
        set={(isOn) => setDraft({ ...draft, isOn })}
      />
      <TextInput
        label="Address"
        type="url"
        maxLength={2048}
        value={draft.url}
        error={reasons.destination_url}
        onChange={({ currentTarget }) => setDraft({ ...draft, url: currentTarget.value })}
      />
      <PasswordInput
        label="Secret that signs what is sent"
        description="Stars stand for the one that is there; without one nothing is signed"
        autoComplete="off"
        maxLength={1024}
        value={draft.secret}
        error={reasons.secret}
        onChange={({ currentTarget }) => setDraft({ ...draft, secret: currentTarget.value })}
      />
      <NumberField
        label="Hosts in one message; 0 for as many as fit"
        min={0}
        max={100_000}
        value={draft.size}
        error={undefined}
        set={(size) => setDraft({ ...draft, size })}
      />
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

interface Draft {
  isOn: boolean;
  url: string;
  secret: string;
  size: number | null;
}

function useSaveHook({ isOn, url, secret, size }: Draft) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(editConfig, {
        body: {
          webhook_settings: {
            vulnerabilities_webhook: {
              enable_vulnerabilities_webhook: isOn,
              destination_url: url.trim(),
              secret,
              host_batch_size: size ?? 0,
            },
          },
        },
      }),
    onSuccess: (config) => {
      queries.setQueryData([getConfig.path, null, null], config);
      void queries.invalidateQueries({ queryKey: [listDeliveries.path] });
    },
  });
}

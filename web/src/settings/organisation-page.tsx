import { editConfig, getConfig, type ServerConfig } from '@flotilla/contract/config';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { CheckField } from '../pieces/check-field.tsx';
import { Facts } from '../pieces/facts.tsx';
import { Failure } from '../pieces/failure.tsx';
import { NumberField } from '../pieces/number-field.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** The settings that hold for everybody. */
export function OrganisationPage() {
  const asked = useQuery(ask(getConfig, {}));
  const mayWrite = useMay('server:write');
  const config = asked.data;
  return (
    <SettingsPage title="Organisation" sentence={config && `Settings of ${config.org_info.org_name}, for every fleet`}>
      {asked.error && !config && (
        <Trouble what="The settings could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !config && <PanelSkeleton lines={6} />}
      {config &&
        (mayWrite ? (
          <ConfigForm key={JSON.stringify(draftOf(config))} config={config} />
        ) : (
          <ConfigFacts config={config} />
        ))}
    </SettingsPage>
  );
}

const expiryWords = (enabled: boolean, days: number) => (enabled ? `after ${counted(days, 'day')}` : 'never');

function ConfigFacts({
  config: { org_info, server_settings, host_expiry_settings, features },
}: {
  config: ServerConfig;
}) {
  return (
    <div className="panel">
      <Facts
        facts={[
          ['Name', org_info.org_name],
          ['Server', server_settings.server_url],
          [
            'Silent hosts are deleted',
            expiryWords(host_expiry_settings.host_expiry_enabled, host_expiry_settings.host_expiry_window),
          ],
          ['Software is collected', features.enable_software_inventory ? 'yes' : 'no'],
          ['Users of hosts are collected', features.enable_host_users ? 'yes' : 'no'],
        ]}
      />
    </div>
  );
}

const draftOf = ({
  org_info,
  server_settings,
  host_expiry_settings,
  activity_expiry_settings,
  features,
}: ServerConfig) => ({
  name: org_info.org_name,
  url: server_settings.server_url,
  hostsExpire: host_expiry_settings.host_expiry_enabled,
  hostDays: (host_expiry_settings.host_expiry_window || 30) as number | null,
  activitiesExpire: activity_expiry_settings.activity_expiry_enabled,
  activityDays: (activity_expiry_settings.activity_expiry_window || 365) as number | null,
  software: features.enable_software_inventory,
  users: features.enable_host_users,
});
type Draft = ReturnType<typeof draftOf>;

function ConfigForm({ config }: { config: ServerConfig }) {
  const [draft, setDraft] = useState(() => draftOf(config));
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const save = useSave();
  const reasons = reasonsByField(save.error, [
    'org_name',
    'server_url',
    'host_expiry_window',
    'activity_expiry_window',
  ]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(draft);
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <TextInput
        label="Name of the organisation"
        required
        withAsterisk={false}
        maxLength={255}
        value={draft.name}
        error={reasons.org_name}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <TextInput
        label="Address of the server"
        description="As hosts and people reach it; links that are handed over begin with it"
        type="url"
        maxLength={2048}
        value={draft.url}
        error={reasons.server_url}
        onChange={({ currentTarget }) => set({ url: currentTarget.value })}
      />
      <Expiries draft={draft} set={set} reasons={reasons} />
      <CheckField
        label="Collect software"
        about="Without it nothing new is known of what is installed, nor of its vulnerabilities."
        checked={draft.software}
        set={(software) => set({ software })}
      />
      <CheckField label="Collect the user accounts of hosts" checked={draft.users} set={(users) => set({ users })} />
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

interface ExpiryProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  reasons: Record<string, string>;
}

function Expiries({ draft, set, reasons }: ExpiryProps) {
  const shared = { min: 1, max: 36_500 };
  return (
    <>
      <CheckField
        label="Delete hosts that have been silent"
        about="A host that comes back afterwards enrols again, with its history. A fleet can say otherwise."
        checked={draft.hostsExpire}
        set={(hostsExpire) => set({ hostsExpire })}
      />
      {draft.hostsExpire && (
        <NumberField
          {...shared}
          label="Days without a word"
          value={draft.hostDays}
          error={reasons.host_expiry_window}
          set={(hostDays) => set({ hostDays })}
        />
      )}
      <CheckField
        label="Delete old activity"
        checked={draft.activitiesExpire}
        set={(activitiesExpire) => set({ activitiesExpire })}
      />
      {draft.activitiesExpire && (
        <NumberField
          {...shared}
          label="Days it is kept"
          value={draft.activityDays}
          error={reasons.activity_expiry_window}
          set={(activityDays) => set({ activityDays })}
        />
      )}
    </>
  );
}

function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) =>
      call(editConfig, {
        body: {
          org_info: { org_name: draft.name.trim() },
          server_settings: { server_url: draft.url.trim() },
          host_expiry_settings: {
            host_expiry_enabled: draft.hostsExpire,
            host_expiry_window: draft.hostDays ?? undefined,
          },
          activity_expiry_settings: {
            activity_expiry_enabled: draft.activitiesExpire,
            activity_expiry_window: draft.activityDays ?? undefined,
          },
          features: { enable_software_inventory: draft.software, enable_host_users: draft.users },
        },
      }),
    onSuccess: (config) => queries.setQueryData([getConfig.path, null, null], config),
  });
}

import { changeLabel, getLabel, type LabelDetail } from '@flotilla/contract/labels';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { reasonsByField } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { ask, liveMs } from '../api/queries.ts';
import { LabelExposure } from '../due/exposure-choice.tsx';
import { Facts } from '../pieces/facts.tsx';
import { Failure } from '../pieces/failure.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import { ScrollText } from '../pieces/scroll-text.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from '../settings/settings.module.css';
import { DeleteLabel } from './delete-label.tsx';
import { membershipWords } from './label-words.ts';

const route = getRouteApi('/frame/settings/labels/$id');

/** One label: how hosts become members, how many are, and its name. */
export function LabelPage() {
  const id = Number(route.useParams().id);
  const asked = useQuery({ ...ask(getLabel, { params: { id } }), refetchInterval: liveMs });
  const label = asked.data?.label;
  const mayWrite = useMay('labels:write', label?.fleet_id ?? 'everywhere');
  const above = <Link to="/settings/labels">Labels</Link>;
  if (asked.error && !label) {
    return (
      <Page title="Label" above={above}>
        <Trouble what="The label could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  const isOwn = label?.label_type === 'regular' && mayWrite;
  return (
    <Page
      title={label?.name}
      above={above}
      sentence={label && <Sentence label={label} />}
      actions={isOwn && <DeleteLabel label={label} />}
    >
      {label ? (
        <>
          <section className={`panel ${styles.section}`}>
            <Facts
              facts={[
                ['Members', membershipWords(label)],
                ['Hosts of', label.fleet_name ?? 'every fleet'],
                ['Changed', <TimeAgo key="changed" at={label.updated_at} />],
              ]}
            />
          </section>
          {label.query && (
            <section className={styles.section}>
              <h2>Query</h2>
              <ScrollText label="Query">{label.query}</ScrollText>
            </section>
          )}
          <LabelExposure labelId={id} fleetId={label.fleet_id} />
          {isOwn && <LabelForm key={`${label.name} ${label.description}`} label={label} />}
        </>
      ) : (
        <PanelSkeleton lines={4} />
      )}
    </Page>
  );
}

function Sentence({ label: { id, count, description } }: { label: LabelDetail }) {
  return (
    <>
      <Link to="/hosts" search={{ label_id: id }}>
        {counted(count, 'host')}
      </Link>{' '}
      with it{description && `. ${description}`}
    </>
  );
}

function LabelForm({ label }: { label: LabelDetail }) {
  const [name, setName] = useState(label.name);
  const [description, setDescription] = useState(label.description);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(changeLabel, {
        params: { id: label.id },
        body: { name: name.trim(), description: description.trim() },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const reasons = reasonsByField(save.error, ['name', 'description']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form className={`panel ${styles.form}`} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={255}
        value={name}
        error={reasons.name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextInput
        label="Description"
        value={description}
        error={reasons.description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} />
    </form>
  );
}

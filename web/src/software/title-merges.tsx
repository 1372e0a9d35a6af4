import { mergeTitle, titleMerges, undoMerge } from '@flotilla/contract/merges';
import type { ResponseOf } from '@flotilla/contract/route';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { Confirm } from '../pieces/confirm.tsx';
import { Failure } from '../pieces/failure.tsx';
import type { ChosenTitle } from '../policies/policy-draft.ts';
import { TitleChoice } from '../policies/title-choice.tsx';
import styles from '../settings/settings.module.css';
import { sourceName } from './source-names.ts';

/** Titles that are listed as this one, and the way to merge this one into another; nothing for whoever may not and where there are none. */
export default function TitleMerges({ id, name }: { id: number; name: string }) {
  const { data } = useQuery(ask(titleMerges, { params: { id } }));
  const mayMerge = useMay('software:write');
  const [merging, setMerging] = useState(false);
  if (!data || (!mayMerge && data.merged.length === 0 && data.merged_into === null)) return null;
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Merges</h2>
        {mayMerge && data.merged_into === null && (
          <Button variant="default" onClick={() => setMerging(true)}>
            Merge into another title
          </Button>
        )}
      </div>
      {data.merged_into && (
        <p>
          Listed as{' '}
          <Link to="/software/titles/$id" params={{ id: `${data.merged_into.id}` }}>
            {data.merged_into.name}
          </Link>
          .
        </p>
      )}
      {data.merged.length === 0 && data.merged_into === null && (
        <p className="quiet">No other title is listed as this one.</p>
      )}
      {data.merged.length > 0 && <Merged titles={data.merged} name={name} mayUndo={mayMerge} />}
      {merging && <MergeDialog id={id} name={name} close={() => setMerging(false)} />}
    </section>
  );
}

interface MergedProps {
  titles: ResponseOf<typeof titleMerges>['merged'];
  name: string;
  mayUndo: boolean;
}

function Merged({ titles, name, mayUndo }: MergedProps) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: (merged: number) => call(undoMerge, { params: { id: merged } }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Failure error={undo.error} />
      <ul className={`panel ${styles.rows}`}>
        {titles.map((title) => (
          <li key={title.id}>
            <span>
              {title.name}{' '}
              <span className="quiet">
                {sourceName(title.source)}, listed as {name}
              </span>
            </span>
            {mayUndo && (
              <Button
                variant="default"
                aria-label={`Undo the merge of ${title.name}`}
                disabled={undo.isPending}
                onClick={() => undo.mutate(title.id)}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function MergeDialog({ id, name, close }: { id: number; name: string; close: () => void }) {
  const [into, setInto] = useState<ChosenTitle>();
  const queries = useQueryClient();
  const merge = useMutation({
    mutationFn: (target: number) => call(mergeTitle, { params: { id }, body: { into: target } }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      close();
    },
  });
  return (
    <Confirm
      title={`Merge ${name} into another title?`}
      verb="Merge"
      run={() => into && merge.mutate(into.id)}
      isRunning={merge.isPending}
      error={merge.error}
      close={close}
    >
      <p>Its versions, hosts and findings are listed under the other one from now on. It can be undone.</p>
      <TitleChoice label="Into" about="The title that stays" chosen={into} choose={setInto} />
    </Confirm>
  );
}

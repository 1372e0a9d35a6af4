import { getSla, type Sla, setSla } from '@flotilla/contract/due';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { CheckField } from '../pieces/check-field.tsx';
import { Failure } from '../pieces/failure.tsx';
import { SaveRow } from '../pieces/save-row.tsx';
import settings from '../settings/settings.module.css';
import { RuleFields } from './rule-fields.tsx';
import { emptyRule, firstRules, type RuleDraft, reasonsByRule, toDraft, toRules } from './sla-draft.ts';

const most = 20;

/** The own table of a fleet or of all, or none; saved as a whole. */
export function SlaForm({ fleetId, sla }: { fleetId: number | undefined; sla: Sla }) {
  const [isOwn, setOwn] = useState(sla.rules !== null);
  const [drafts, setDrafts] = useState(() => (sla.rules ? toDraft(sla.rules) : firstRules));
  const save = useSave(fleetId);
  const reasons = reasonsByRule(save.error);
  const change = (at: number, changes: Partial<RuleDraft>) =>
    setDrafts(drafts.map((draft, i) => (i === at ? { ...draft, ...changes } : draft)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(isOwn ? toRules(drafts) : null);
  };
  return (
    <form className={`panel ${settings.form}`} onSubmit={submit}>
      <CheckField
        label={fleetId === undefined ? 'Use a table of your own' : 'Use a table of its own for this fleet'}
        about="Of all its rules that hold for a vulnerability the shortest time counts. Without one it is for the next upgrade."
        checked={isOwn}
        set={setOwn}
      />
      {isOwn &&
        drafts.map((draft, i) => (
          <RuleFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place
            key={i}
            place={i}
            draft={draft}
            set={(changes) => change(i, changes)}
            reasons={reasons}
            remove={drafts.length > 1 ? () => setDrafts(drafts.filter((_, at) => at !== i)) : undefined}
          />
        ))}
      {isOwn && drafts.length < most && (
        <div>
          <Button variant="default" onClick={() => setDrafts([...drafts, emptyRule])}>
            Add a rule
          </Button>
        </div>
      )}
      {reasons.base && <Failure error={save.error} />}
      <SaveRow save={save} label="Save the due dates" />
    </form>
  );
}

function useSave(fleet_id: number | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rules: Sla['rules']) => call(setSla, { query: { fleet_id }, body: { rules } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [getSla.path] }),
  });
}

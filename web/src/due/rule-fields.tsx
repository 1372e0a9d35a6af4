import { Button, NativeSelect, TextInput } from '@mantine/core';
import { CheckField } from '../pieces/check-field.tsx';
import { NumberField } from '../pieces/number-field.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { capital } from '../pieces/words.ts';
import styles from './rule-fields.module.css';
import { type RuleDraft, severities } from './sla-draft.ts';

const choices = [
  { value: '', label: 'Any' },
  ...severities.map((value) => ({ value, label: value === 'critical' ? 'Critical' : `${capital(value)} or above` })),
];

interface Props {
  place: number;
  draft: RuleDraft;
  set: (changes: Partial<RuleDraft>) => void;
  reasons: Record<string, string>;
  /** Undefined for the last one: a table has at least one. */
  remove: (() => void) | undefined;
}

/** One rule: for what it holds, and in how many days that is to be mended. */
export function RuleFields({ place, draft, set, reasons, remove }: Props) {
  return (
    <fieldset className={styles.rule}>
      <legend>Rule {place + 1}</legend>
      <NativeSelect
        label="Severity"
        data={choices}
        value={draft.severity ?? ''}
        error={reasons[`${place} minimumSeverity`]}
        onChange={({ currentTarget }) => set({ severity: oneOf(currentTarget.value, severities) })}
      />
      <TextInput
        label="EPSS at least, %"
        type="number"
        min={0}
        max={100}
        step="any"
        placeholder="any"
        value={draft.percent ?? ''}
        error={reasons[`${place} minimumProbability`]}
        onChange={({ currentTarget: { value } }) => set({ percent: value === '' ? null : Number(value) })}
      />
      <NumberField
        label="Days"
        min={1}
        max={3650}
        value={draft.days}
        error={reasons[`${place} days`] ?? ''}
        set={(days) => set({ days })}
      />
      <CheckField
        label="Only if known exploited"
        checked={draft.isKnownExploited}
        set={(isKnownExploited) => set({ isKnownExploited })}
      />
      {remove && (
        <Button variant="subtle" color="red" aria-label={`Remove rule ${place + 1}`} onClick={remove}>
          Remove
        </Button>
      )}
    </fieldset>
  );
}

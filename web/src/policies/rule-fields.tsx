import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMay } from '../accounts/may.ts';
import { useFleets } from '../fleets/use-fleet.ts';
import type { Draft, missing } from './policy-draft.ts';
import { scopeWord } from './policy-words.ts';
import { TitleChoice } from './title-choice.tsx';

interface Props {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  /** Kind and scope are chosen once. */
  isNew: boolean;
  lacks: ReturnType<typeof missing>;
  reasons: Record<string, string>;
}

const kinds = [
  { value: 'version', label: 'By version: a title is at least some version' },
  { value: 'dynamic', label: 'By SQL: a query of osquery finds a row' },
];
/** The hosts a person may write policies for. */
function useScopes() {
  const mayEverywhere = useMay('policies:write');
  const fleets = useFleets().map(({ id, name }) => ({ value: `${id}`, label: name }));
  return mayEverywhere ? [{ value: '', label: 'All hosts' }, ...fleets] : fleets;
}

/** What should hold, and on which hosts. */
export function RuleFields({ draft, set, isNew, lacks, reasons }: Props) {
  const scopes = useScopes();
  return (
    <>
      {isNew ? (
        <>
          <NativeSelect
            label="Kind"
            data={kinds}
            value={draft.kind}
            onChange={({ currentTarget }) => set({ kind: currentTarget.value === 'version' ? 'version' : 'dynamic' })}
          />
          <NativeSelect
            label="Scope"
            data={scopes}
            value={`${draft.fleetId ?? ''}`}
            onChange={({ currentTarget: { value } }) => set({ fleetId: value === '' ? null : Number(value) })}
          />
        </>
      ) : (
        <p className="quiet">
          {draft.kind === 'version' ? 'By version' : 'By SQL'}, {scopeWord({ fleet_id: draft.fleetId }).toLowerCase()}.
          Another rule starts its answers anew.
        </p>
      )}
      {draft.kind === 'dynamic' ? (
        <Textarea
          label="Query"
          description="It passes on a host where the query finds at least one row"
          classNames={{ input: 'mono' }}
          rows={8}
          spellCheck={false}
          placeholder={'SELECT 1 FROM disk_encryption WHERE encrypted = 1;'}
          value={draft.query}
          error={lacks.query ?? reasons.query}
          onChange={({ currentTarget }) => set({ query: currentTarget.value })}
        />
      ) : (
        <>
          <TitleChoice
            label="Title"
            about="It passes on hosts that do not have the title"
            chosen={draft.title}
            choose={(title) => set({ title })}
            error={lacks.title ?? (draft.install ? undefined : reasons.software_title_id)}
          />
          <TextInput
            label="Lowest version that passes"
            autoComplete="off"
            value={draft.minimum}
            error={lacks.minimum ?? reasons.minimum_version}
            onChange={({ currentTarget }) => set({ minimum: currentTarget.value })}
          />
        </>
      )}
    </>
  );
}

import type { BodyOf } from '@flotilla/contract/route';
import type { Gate, previewRollout } from '@flotilla/contract/updates';

export type RolloutBody = BodyOf<typeof previewRollout>;

/** What a rollout is for: a title, one of its packages, the hosts of a vulnerability. */
export interface Target {
  title_id: number;
  title: string;
  installer_id?: number;
  cve?: string;
}

/** What a person typed; absent where the server's own choice stands. */
export interface Typed {
  percent?: string;
  share?: string;
  successes?: string;
}

const usualPercent = 10;
const within = (text: string, min: number, max: number): number | undefined => {
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' && value >= min && value <= max ? value : undefined;
};

/** What is shown in the fields: what was typed, else what the server would choose. */
export const fieldsOf = (typed: Typed, gate: Gate | undefined): Required<Typed> => ({
  percent: typed.percent ?? `${usualPercent}`,
  share: typed.share ?? (gate ? `${Math.round(gate.success_share * 1000) / 10}` : ''),
  successes: typed.successes ?? (gate ? `${gate.minimum_successes}` : ''),
});

/** What is wrong with a field, by its name; empty when nothing is. */
export function fieldTrouble(typed: Typed): Typed {
  const trouble: Typed = {};
  if (typed.percent !== undefined && !within(typed.percent, 0.01, 100)) trouble.percent = 'From 0.01 to 100';
  if (typed.share !== undefined && within(typed.share, 0, 100) === undefined) trouble.share = 'From 0 to 100';
  if (typed.successes !== undefined && !/^\d{1,9}$/.test(typed.successes.trim())) {
    trouble.successes = 'A whole number, 0 or more';
  }
  return trouble;
}

/** The rollout as the API takes it; undefined while a field cannot be meant. */
export function bodyOf(target: Target, typed: Typed, gate: Gate | undefined): RolloutBody | undefined {
  if (Object.keys(fieldTrouble(typed)).length > 0) return undefined;
  const { title_id, installer_id, cve } = target;
  const body: RolloutBody = { title_id, installer_id, cve };
  if (typed.percent !== undefined) body.first_ring_percent = within(typed.percent, 0.01, 100);
  if (typed.share !== undefined || typed.successes !== undefined) {
    const fields = fieldsOf(typed, gate);
    // Both travel together: until the server has told its own choice there is nothing to complete them with.
    if (fields.share === '' || fields.successes === '') return undefined;
    body.gate = {
      success_share: Number(fields.share.replace(',', '.')) / 100,
      minimum_successes: Number(fields.successes),
    };
  }
  return body;
}

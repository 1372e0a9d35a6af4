/** A question as one policy asks it: each change of it is another revision. */
export interface Question {
  id: number;
  revision: number;
}

/** The revision travels in the name, so that an answer to an earlier question is known as such. */
export const queryName = ({ id, revision }: Question) => `fleet_policy_query_${id}_r${revision}`;

/** @returns null for a name that is of no policy */
export function readQueryName(name: string): Question | null {
  const [, id, revision] = /^fleet_policy_query_(\d{1,9})_r(\d{1,9})$/.exec(name) ?? [];
  return id === undefined ? null : { id: Number(id), revision: Number(revision) };
}

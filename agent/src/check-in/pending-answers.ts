import type { Answer } from '../osquery/answer.ts';

/** Far below what a server takes in one body; a single answer may be larger. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** Answers that no server has confirmed yet, by the names of their queries. */
export interface PendingAnswers {
  add(answers: Iterable<[string, Answer]>): void;
  /** What the next call takes along; it stays until it is removed. */
  next(): Map<string, Answer>;
  /** They arrived. An answer that was replaced meanwhile stays. */
  remove(sent: Map<string, Answer>): void;
  isEmpty(): boolean;
}

export function createPendingAnswers(): PendingAnswers {
  const pending = new Map<string, Answer>();
  return {
    add(answers) {
      for (const [name, answer] of answers) pending.set(name, answer);
    },
    next() {
      const taken = new Map<string, Answer>();
      let size = 0;
      for (const [name, answer] of pending) {
        size += answer.rows.length;
        if (taken.size > 0 && size > MOST_CHARACTERS) break;
        taken.set(name, answer);
      }
      return taken;
    },
    remove(sent) {
      for (const [name, answer] of sent) if (pending.get(name) === answer) pending.delete(name);
    },
    isEmpty: () => pending.size === 0,
  };
}

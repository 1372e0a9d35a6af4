import type { Order } from './scheme.ts';

/** A piece of a version: its rank says how it stands to other kinds of pieces, its text to those of the same kind. */
export interface Token {
  rank: number;
  text: string;
}

/**
 * Orders lists of tokens like words in a dictionary: the first that differs decides.
 * @param end the rank of what follows the last token, so that some kinds of tokens come before it
 */
export function tokenOrder(end: number, compareSame: (a: Token, b: Token) => Order) {
  return (a: readonly Token[], b: readonly Token[]): Order => {
    for (let i = 0; i < a.length || i < b.length; i++) {
      const [one, other] = [a[i], b[i]];
      const difference = (one?.rank ?? end) - (other?.rank ?? end);
      if (difference !== 0) return difference < 0 ? -1 : 1;
      const order = one && other ? compareSame(one, other) : 0;
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Why a text is no version of a scheme. */
export interface Unparsable {
  problem: string;
}

/** Negative when the first is older, positive when it is newer, 0 when they are the same version. */
export type Order = -1 | 0 | 1;

/**
 * How one family of software orders its versions: a file here, its cases in `testdata/<scheme>.txt`, and a line in the
 * registry. Both members are pure and take time linear in the length of the texts.
 */
export interface VersionScheme<Parsed = unknown> {
  /** What does not parse is answered with the problem, and so never gets a place in an order. */
  parse(text: string): Parsed | Unparsable;
  /** A total order over everything that `parse` accepts. */
  compare(a: Parsed, b: Parsed): Order;
}

export const isUnparsable = (parsed: unknown): parsed is Unparsable =>
  typeof parsed === 'object' && parsed !== null && 'problem' in parsed;

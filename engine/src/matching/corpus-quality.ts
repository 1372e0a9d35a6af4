/** How well `affected` is told, of 1. */
export interface Quality {
  /** How many of those called affected are. */
  precision: number;
  /** How many of those affected are called so. */
  recall: number;
  f1: number;
}

/** Verdicts by vulnerability: those that are right, and those that were given. */
export interface JudgedCase {
  expected: Record<string, string>;
  given: Record<string, string>;
}

/** Compares all verdicts of some cases with their labels; what is unknown counts as not called affected. */
export function qualityOf(cases: readonly JudgedCase[]): Quality {
  let [right, called, wanted] = [0, 0, 0];
  for (const { expected, given } of cases) {
    for (const vulnerability of new Set([...Object.keys(expected), ...Object.keys(given)])) {
      const isWanted = expected[vulnerability] === 'affected';
      const isCalled = given[vulnerability] === 'affected';
      if (isWanted) wanted++;
      if (isCalled) called++;
      if (isWanted && isCalled) right++;
    }
  }
  const precision = called === 0 ? 1 : right / called;
  const recall = wanted === 0 ? 1 : right / wanted;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

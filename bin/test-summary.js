/**
 * What one part of the test run found. `skipped` holds tests that did not run, with the reason; `prerequisite` is true
 * when the machine lacks something that `npm run setup:system` or another step would bring.
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string, prerequisite: boolean }[] }} Results
 */

/** How `e2e/src/prerequisites.ts` marks the title of what it skips. */
const MARK = /\s*\[needs (.+)\]/;

/** A skipped test by its full name, which may carry the prerequisite it lacks. */
export function skippedTest(fullName, note) {
  const missing = MARK.exec(fullName);
  return {
    name: fullName.replace(MARK, ''),
    reason: missing ? `needs ${missing[1]}` : note || 'not for this system or user',
    prerequisite: missing !== null,
  };
}

/** @param {Results[]} parts */
export function addUp(parts, { allowSkips }) {
  const skipped = parts.flatMap((part) => part.skipped);
  const refused = allowSkips ? 0 : skipped.filter((test) => test.prerequisite).length;
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  return { passed: sum('passed'), failed: sum('failed') + refused, skipped, refused };
}

/** The end of the output: what was skipped and why, then the one line that counts. */
export function summaryLines({ passed, failed, skipped, refused }) {
  const lines = [];
  if (skipped.length > 0) lines.push('', 'Skipped:', ...skipped.map(({ name, reason }) => `  ${name}: ${reason}`));
  if (skipped.some((test) => test.prerequisite)) {
    lines.push('`npm run setup:system` installs what the system lacks.');
  }
  if (refused > 0) lines.push(`${refused} skipped for want of a prerequisite count as failed here.`);
  return [...lines, '', `${passed} passed, ${failed} failed`];
}

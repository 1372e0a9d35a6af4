import { referencePages } from '../reference/pages.ts';
import { compareFiles } from '../written-file.ts';
import type { Step } from './step.ts';

/** The reference pages say what the code says. */
export const reference: Step = {
  name: 'reference',
  run: async () => ({ problems: compareFiles(await referencePages(), 'npm run reference') }),
};

import { schemaFiles } from '../schema/artefacts.ts';
import { compareFiles } from '../written-file.ts';
import type { Step } from './step.ts';

/** What is written about the database is what the migrations make. */
export const schema: Step = {
  name: 'schema',
  run: async () => ({ problems: compareFiles(await schemaFiles(), 'npm run schema') }),
};

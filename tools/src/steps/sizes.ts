import { repository } from '../repository.ts';
import { checkSizes, describeSizes } from '../sizes/check-sizes.ts';
import type { Step } from './step.ts';

/** Files and functions stay within the limits. */
export const sizes: Step = {
  name: 'sizes',
  async run() {
    const { problems, files } = checkSizes(repository);
    return { problems, notes: describeSizes(files) };
  },
};

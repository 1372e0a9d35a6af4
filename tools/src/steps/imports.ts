import { findWallBreaks } from '../imports/find-wall-breaks.ts';
import { repository } from '../repository.ts';
import type { Step } from './step.ts';

/** No import goes through a wall. */
export const imports: Step = {
  name: 'imports',
  async run() {
    const { problems, modules } = await findWallBreaks(repository);
    return { problems, notes: [`${modules} modules`] };
  },
};

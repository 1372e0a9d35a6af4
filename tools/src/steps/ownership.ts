import { findTrespasses } from '../ownership/find-trespasses.ts';
import { repository } from '../repository.ts';
import type { Step } from './step.ts';

/** Each domain writes only its own tables. */
export const ownership: Step = {
  name: 'ownership',
  run: async () => ({ problems: findTrespasses(repository) }),
};

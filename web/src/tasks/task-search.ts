import { uuid } from '../pieces/url-state.ts';

/** The task in an address whose result is open. */
export const readTask = (raw: Record<string, unknown>): { task?: string } => ({ task: uuid(raw.task) });

import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../guards.ts';
import type { FileIdentity } from './fetch-file.ts';

export interface Failure {
  at: string;
  reason: string;
  /** The mirror never had it: nobody need do anything. */
  isAbsent?: true;
}

/** What is kept about a feed beside its files. Times are ISO 8601. */
export interface FeedState {
  /** The folder of the files in use; null before the first success. */
  generation: string | null;
  files: Record<string, FileIdentity>;
  delivery: Delivery | null;
  /** When the data in use arrived. */
  fetchedAt: string | null;
  /** When the source last said that they are still its newest. */
  verifiedAt: string | null;
  /** Why the last attempt left the data as they were. */
  failure: Failure | null;
  /** Why data that arrived wait for a person. */
  held: { at: string; reason: string } | null;
}

const EMPTY: FeedState = {
  generation: null,
  files: {},
  delivery: null,
  fetchedAt: null,
  verifiedAt: null,
  failure: null,
  held: null,
};

/**
 * The state in a feed's folder; one that is not there, or is no state, is that of a feed never fetched.
 * @throws when it cannot be read: the data may be there all the same
 */
export async function readState(folder: string): Promise<FeedState> {
  const text = await readFile(join(folder, 'state.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  try {
    const state = { ...EMPTY, ...(JSON.parse(text) as Partial<FeedState>) };
    return state.generation === null || /^[0-9a-f-]{36}$/.test(state.generation) ? state : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** Replaces the state at once: what it names is in use from then on, also after a crash. */
export async function writeState(folder: string, state: FeedState): Promise<FeedState> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, 'state.json.new');
  const file = await open(draft, 'w');
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, 'state.json'));
  return state;
}

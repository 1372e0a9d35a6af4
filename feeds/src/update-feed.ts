import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedFile, FeedFiles, FeedTokens } from './feed.ts';
import { filesIn } from './feed-files.ts';
import { type FeedName, feeds } from './feeds.ts';
import type { FeedSource } from './fetching/feed-source.ts';
import { type FeedState, readState, writeState } from './fetching/feed-state.ts';
import { AbsentError } from './fetching/fetch-error.ts';
import { type FileIdentity, fetchFile } from './fetching/fetch-file.ts';
import { reasonToHold } from './guards.ts';
import { survey } from './survey.ts';

export interface UpdateOptions {
  /** Holds a folder a feed. One update of a feed at a time. */
  cacheFolder: string;
  source: FeedSource;
  tokens?: FeedTokens;
  now: Date;
  /** A person has looked at data that are held and wants them used. */
  acceptHeld?: boolean;
  /**
   * Is given data that no guard holds, right before they are taken into use: whoever keeps what they say elsewhere too.
   * @returns why they must be held all the same; null when they may be used
   * @throws when they could not be kept: the data in use then stay
   */
  takeIn?: (files: FeedFiles) => Promise<string | null>;
  signal?: AbortSignal;
}

export interface Update {
  /** `failed` and `held`: the data in use are the same as before. */
  outcome: 'updated' | 'unchanged' | 'held' | 'failed';
  state: FeedState;
}

/**
 * Brings a feed up to date: new files are put beside those in use, read to their end, compared, and only then taken into
 * use, at once. What goes wrong with the feed is in the answer.
 * @throws only when the cache itself cannot be written
 */
export async function updateFeed(name: FeedName, options: UpdateOptions): Promise<Update> {
  const folder = join(options.cacheFolder, name);
  const last = await readState(folder);
  const generation = randomUUID();
  await removeAllBut(folder, last.generation);
  await mkdir(join(folder, generation), { recursive: true });
  const at = options.now.toISOString();
  try {
    return await bringIn({ name, folder, generation, last, at, options });
  } catch (error) {
    const isAbsent = error instanceof AbsentError && last.generation === null;
    const failure = { at, reason: (error as Error).message, ...(isAbsent && { isAbsent }) };
    return { outcome: 'failed', state: await writeState(folder, { ...last, failure }) };
  } finally {
    await removeAllBut(folder, (await readState(folder)).generation);
  }
}

interface Attempt {
  name: FeedName;
  folder: string;
  generation: string;
  last: FeedState;
  at: string;
  options: UpdateOptions;
}

async function bringIn({ name, folder, generation, last, at, options }: Attempt): Promise<Update> {
  const feed = feeds[name];
  const files: Record<string, FileIdentity> = {};
  let hasNews = false;
  const file = async (wanted: FeedFile) => {
    const path = join(folder, generation, wanted.name);
    const limits = {
      maximumBytes: feed.limits.bytes,
      seconds: feed.limits.seconds,
      signal: options.signal,
      tokens: options.tokens,
    };
    const inUse = last.generation === null ? null : join(folder, last.generation, wanted.name);
    const known = inUse && existsSync(inUse) ? (last.files[wanted.name] ?? null) : null;
    const fetched = await fetchFile(options.source, wanted, { path, known, ...limits });
    if (!fetched) {
      hasNews ||= wanted.name in last.files;
      return false;
    }
    if (!fetched.isNew && inUse) await link(inUse, path);
    files[wanted.name] = fetched.identity;
    hasNews ||= fetched.isNew;
    return true;
  };
  const fetched = filesIn(join(folder, generation), feed.limits);
  await feed.fetch({ file, open: fetched.open });
  if (Object.keys(files).length === 0) throw new AbsentError('none of its files is there, and none must be');
  if (!hasNews) {
    const state = { ...last, verifiedAt: at, failure: null, held: null };
    return { outcome: 'unchanged', state: await writeState(folder, state) };
  }
  const next = await survey(feed, fetched);
  next.delivery.published ??= newestModified(files);
  const known = await idsInUse(name, folder, last);
  const withdrawn = [...known].filter((id) => !next.ids.has(id)).length;
  const guarded = reasonToHold({ next: next.delivery, last: last.delivery, withdrawn });
  const reason = guarded && !options.acceptHeld ? guarded : await options.takeIn?.(fetched);
  if (reason) {
    const state = { ...last, failure: null, held: { at, reason } };
    return { outcome: 'held', state: await writeState(folder, state) };
  }
  const { delivery } = next;
  const state = { generation, files, delivery, fetchedAt: at, verifiedAt: at, failure: null, held: null };
  return { outcome: 'updated', state: await writeState(folder, state) };
}

/** For data that do not say when they were made: when the servers last changed the files. */
function newestModified(files: Record<string, FileIdentity>): string | null {
  const times = Object.values(files).map(({ modified }) => Date.parse(modified ?? ''));
  const newest = Math.max(...times.filter((time) => !Number.isNaN(time)));
  return Number.isFinite(newest) ? new Date(newest).toISOString() : null;
}

/** None where nothing is in use, or where it can no longer be read: new data are then the way out. */
async function idsInUse(name: FeedName, folder: string, { generation }: FeedState): Promise<Set<string>> {
  const feed = feeds[name];
  if (generation === null) return new Set();
  return survey(feed, filesIn(join(folder, generation), feed.limits)).then(
    ({ ids }) => ids,
    () => new Set(),
  );
}

/** Removes what an earlier attempt left behind; other files of the folder are not touched. */
async function removeAllBut(folder: string, generation: string | null): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name !== generation) await rm(join(folder, entry.name), { recursive: true });
  }
}

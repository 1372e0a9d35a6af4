import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskRef } from '@flotilla/contract/agent';
import { syncFolder, writeWhole } from '../write-whole.ts';
import { type Ending, type Entry, nameOf, readJson, refOf } from './entry.ts';

/** Attempts that are over are remembered, so that one that is delivered again never begins again. */
const MOST_REMEMBERED = 1000;

/** All attempts this host was given, on disk: open ones as folders, those that are over as a file each. */
export interface Journal {
  /** Open attempts, the oldest first. */
  entries(): Entry[];
  find(ref: TaskRef): Entry | null;
  /** Writes an attempt down. It is on the disk when this returns. */
  accept(ref: TaskRef): Entry;
  /** Whether an attempt is over: the server knows its end. */
  isSettled(ref: TaskRef): boolean;
  /** How an attempt ended that is over; null when it was dropped or forgotten. */
  settledEnding(ref: TaskRef): Ending | null;
  /** Keeps of an attempt only its end; null when nobody will ask for it. */
  settle(entry: Entry, ending: Ending | null): void;
}

export function openJournal(agentFolder: string, mostRemembered = MOST_REMEMBERED): Journal {
  const folder = join(agentFolder, 'tasks');
  const settledFolder = join(agentFolder, 'settled-tasks');
  for (const place of [folder, settledFolder]) mkdirSync(place, { recursive: true, mode: 0o700 });
  syncFolder(agentFolder);
  const settledFile = (ref: TaskRef) => join(settledFolder, nameOf(ref));
  const settled = new Set(byAge(settledFolder).filter((name) => refOf(name) !== null));
  const open = new Map<string, Entry>();
  for (const name of byAge(folder)) {
    const ref = refOf(name);
    // Half made or half removed by an agent that was interrupted; its end is remembered if it had one.
    if (!ref || settled.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    else open.set(name, { ...ref, folder: join(folder, name) });
  }

  function forgetOldest(): void {
    for (const name of settled) {
      if (settled.size <= mostRemembered) return;
      settled.delete(name);
      rmSync(join(settledFolder, name), { force: true });
    }
  }

  return {
    entries: () => [...open.values()],
    find: (ref) => open.get(nameOf(ref)) ?? null,
    accept(ref) {
      const entry = { id: ref.id, attempt: ref.attempt, folder: join(folder, nameOf(ref)) };
      mkdirSync(entry.folder, { mode: 0o700 });
      syncFolder(folder);
      open.set(nameOf(ref), entry);
      return entry;
    },
    isSettled: (ref) => settled.has(nameOf(ref)),
    settledEnding: (ref) => readJson<Ending | null>(settledFile(ref)),
    settle(entry, ending) {
      writeWhole(settledFile(entry), JSON.stringify(ending));
      settled.add(nameOf(entry));
      open.delete(nameOf(entry));
      removeFolder(entry.folder);
      forgetOldest();
    },
  };
}

/** Under a name that says nothing first, so that a removal that is interrupted leaves no half of an attempt. */
function removeFolder(folder: string): void {
  const doomed = `${folder}.removed`;
  rmSync(doomed, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, doomed);
  rmSync(doomed, { recursive: true, force: true });
}

function byAge(folder: string): string[] {
  const made = new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]));
  return [...made.keys()].sort((one, other) => (made.get(one) ?? 0) - (made.get(other) ?? 0));
}

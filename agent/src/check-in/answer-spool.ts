import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Answer } from '../osquery/answer.ts';
import { syncFolder, writeWhole } from '../write-whole.ts';

/** Answers that no server has confirmed yet, on disk: a file for each batch, so that none is ever there by half. */
export interface AnswerSpool {
  /** Keeps the answers of a batch. A newer answer takes the place of an older one to the same query. */
  add(answers: Iterable<[string, Answer]>): void;
  /** What the next call takes along, the oldest first; it stays until it is removed. */
  next(): SpooledAnswers;
  /** They arrived. An answer that was replaced meanwhile stays. */
  remove(sent: SpooledAnswers): void;
  isEmpty(): boolean;
}

/** Answers by the full names of their queries, and where each is kept. */
export type SpooledAnswers = Map<string, Answer & { file: string }>;

interface Bounds {
  /** Of rows in one call; a single answer may be larger. */
  callBytes: number;
  /** Of rows on disk. */
  bytes: number;
  answers: number;
}

/** A call stays far below what a server takes in one body; the disk holds the largest answer there can be, and some. */
const BOUNDS: Bounds = { callBytes: 16 * 1024 * 1024, bytes: 128 * 1024 * 1024, answers: 2000 };

interface Place {
  name: string;
  file: string;
  /** Of its rows. */
  bytes: number;
  /** Only where the disk took nothing; else it is read when it is sent. */
  answer: Answer | null;
}

/** Opens the spool of an agent's folder, with what earlier agents left there. */
export function openAnswerSpool(
  { folder: agentFolder, log }: { folder: string; log: Log },
  bounds: Bounds = BOUNDS,
): AnswerSpool {
  const folder = join(agentFolder, 'answers');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(agentFolder);
  const { places, put, drop, lastNumber } = readPlaces(folder);
  let number = lastNumber;

  const keepWithin = () => {
    let bytes = [...places.values()].reduce((sum, place) => sum + place.bytes, 0);
    for (const [query, place] of places) {
      if (bytes <= bounds.bytes && places.size <= bounds.answers) return;
      log.warn('an answer that waits for the server is given up: too much waits', { name: place.name });
      bytes -= place.bytes;
      drop(query);
    }
  };

  return {
    add(answers) {
      const batch = [...answers];
      if (batch.length === 0) return;
      number += 1;
      const file = `${String(number).padStart(DIGITS, '0')}.answers`;
      const isKept = writeBatch(join(folder, file), { batch, log });
      for (const [name, answer] of batch)
        put({ name, file, bytes: answer.rows.length, answer: isKept ? null : answer });
      keepWithin();
    },
    next() {
      const taken: SpooledAnswers = new Map();
      const read = readOnce(folder);
      let size = 0;
      for (const [query, { name, file, bytes, answer: inMemory }] of [...places]) {
        size += bytes;
        if (taken.size > 0 && size > bounds.callBytes) break;
        const answer = inMemory ?? read(file).get(name);
        if (answer) taken.set(name, { ...answer, file });
        // Damaged or removed by somebody: the server asks again.
        else drop(query);
      }
      return taken;
    },
    remove(sent) {
      for (const [name, { file }] of sent) if (places.get(queryOf(name))?.file === file) drop(queryOf(name));
    },
    isEmpty: () => places.size === 0,
  };
}

/** Where the answers of a folder are, by their queries, the oldest first. */
function readPlaces(folder: string) {
  const places = new Map<string, Place>();
  const drop = (query: string) => {
    const place = places.get(query);
    places.delete(query);
    // The file goes with the last of its answers that is still wanted.
    if (place && ![...places.values()].some(({ file }) => file === place.file)) removeFile(folder, place.file);
  };
  const put = (place: Place) => {
    const query = queryOf(place.name);
    drop(query);
    places.set(query, place);
  };
  let lastNumber = 0;
  for (const file of readdirSync(folder).sort()) {
    if (FILE.test(file)) {
      lastNumber = Number.parseInt(file, 10);
      for (const [name, { rows }] of readBatch(folder, file)) put({ name, file, bytes: rows.length, answer: null });
    } else removeFile(folder, file);
  }
  return { places, put, drop, lastNumber };
}

const DIGITS = 12;
const FILE = /^\d{12}\.answers$/;

/** The name of a query without the number of its inventory. */
const queryOf = (name: string) => name.replace(/:\d+$/, '');

/** Two lines an answer: what it is, and its rows, which hold no newline. @returns whether the disk took it */
function writeBatch(path: string, { batch, log }: { batch: [string, Answer][]; log: Log }): boolean {
  const lines = batch.flatMap(([name, { rows, ...about }]) => [JSON.stringify({ name, ...about }), rows]);
  try {
    writeWhole(path, `${lines.join('\n')}\n`);
    return true;
  } catch (error) {
    log.error('answers cannot be kept on disk', { reason: (error as Error).message });
    rmSync(`${path}.new`, { force: true });
    return false;
  }
}

/** The answers in a file; none when it cannot be read. */
function readBatch(folder: string, file: string): Map<string, Answer> {
  try {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    const answers = new Map<string, Answer>();
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const { name, ...about } = JSON.parse(lines[at] ?? '') as Omit<Answer, 'rows'> & { name: string };
      answers.set(name, { ...about, rows: lines[at + 1] ?? '' });
    }
    return answers;
  } catch {
    return new Map();
  }
}

/** Reads a file at most once after the other. */
function readOnce(folder: string): (file: string) => Map<string, Answer> {
  let last = { file: '', answers: new Map<string, Answer>() };
  return (file) => {
    if (last.file !== file) last = { file, answers: readBatch(folder, file) };
    return last.answers;
  };
}

function removeFile(folder: string, file: string): void {
  rmSync(join(folder, file), { force: true });
}

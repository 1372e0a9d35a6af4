import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const LIMIT_BYTES = 10 * 1024 * 1024;
const REPEAT_AFTER_MS = 60_000;
const SHOWN_LEVELS = new Set(['warn', 'error', 'fatal']);

/** Opens a log file for appending; one that has grown large becomes the one old file that is kept. */
export function openLog(file, limitBytes = LIMIT_BYTES) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file) && statSync(file).size > limitBytes) renameSync(file, `${file}.old`);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}

/** Writes what a child says to its log, and shows what a person should know. */
export function followOutput(child, { log, show }) {
  const shownAt = new Map();
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      log.write(`${line}\n`);
      const text = plainLine(line);
      if (text === null || Date.now() - (shownAt.get(text) ?? 0) < REPEAT_AFTER_MS) return;
      shownAt.set(text, Date.now());
      show(text);
    });
  }
}

/** A line of a log for a person: warnings and errors, and whatever is not a log line at all; else null. */
export function plainLine(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line.trim() === '' ? null : line;
  }
  if (entry === null || typeof entry !== 'object') return line;
  if (!SHOWN_LEVELS.has(entry.level)) return null;
  // The last line of a program says itself what to do.
  const cause = entry.level === 'fatal' ? undefined : entry.err?.message;
  const text = cause && !entry.msg?.includes(cause) ? `${entry.msg}: ${cause}` : String(entry.msg);
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

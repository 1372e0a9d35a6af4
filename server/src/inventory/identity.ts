import { createHash, hash } from 'node:crypto';
import type { Software } from './software.ts';

/** Raised when the rules below change: every stored hash then differs and all parts are recorded anew. */
const RULES = 1;

/** Fields with their lengths before them, so that no two lists of fields make one text. */
const pack = (fields: readonly string[]) => fields.map((field) => `${field.length}:${field}`).join('');

/** The first 16 bytes of SHA-256, in the form of a uuid, which PostgreSQL keeps in 16 bytes. */
const toUuid = (text: string) =>
  hash('sha256', text, 'hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** What the API calls a version is told from others by these. */
const versionFields = (s: Software) => [
  s.source,
  s.name,
  s.version,
  s.vendor,
  s.arch,
  s.release,
  s.bundleIdentifier,
  s.extensionId,
  s.extensionFor,
  s.applicationId,
  s.upgradeCode,
];

/** Everything that tells one software from another, but for its context: hosts with one context share the rest of the key. */
export const packSoftware = (s: Software): string =>
  pack([s.kind, ...versionFields(s), s.sourcePackage, s.sourceVersion, s.module]);

export const softwareKey = (packed: string, contextId: number) => toUuid(`software ${contextId} ${packed}`);

/** The same text in two distributions is one version. */
export const versionKey = (s: Software) => toUuid(`version ${pack(versionFields(s))}`);

/** Apps are one title by bundle, programs by upgrade code, extensions by their id; all else by name. */
export function titleKey(s: Software): string {
  if (s.bundleIdentifier) return toUuid(`title ${pack([s.source, 'bundle', s.bundleIdentifier])}`);
  if (s.upgradeCode) return toUuid(`title ${pack([s.source, 'upgrade', s.upgradeCode])}`);
  if (s.extensionId) return toUuid(`title ${pack([s.source, 'extension', s.extensionId, s.extensionFor])}`);
  return toUuid(`title ${pack([s.source, s.name, s.extensionFor])}`);
}

/** Changes when the software of a part does, or the context it is judged in; the order of rows does not matter. */
export function hashPart(packed: Iterable<string>, contextId: number): string {
  const sum = createHash('sha256').update(`part ${RULES} ${contextId} `);
  for (const line of [...packed].sort()) sum.update(line).update('\n');
  return sum
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Changes when paths do. */
export const hashDetail = (lines: Iterable<string>): string => toUuid(`detail ${pack([...lines].sort())}`);

/** What titles are sorted by: case does not matter, and an index row must stay short. */
export const sortName = (name: string) => name.toLowerCase().slice(0, 200).toWellFormed();

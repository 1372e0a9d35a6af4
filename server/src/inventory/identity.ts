import { hash } from 'node:crypto';
import type { Software } from './software.ts';

/** Raised when the rules below change: every stored hash then differs and all parts are recorded anew. */
const RULES = 2;

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
export const packSoftware = (s: Software): string => {
  const patches = s.patches === '' ? [] : [s.patches];
  return pack([s.kind, ...versionFields(s), s.sourcePackage, s.sourceVersion, s.module, ...patches]);
};

export const softwareKey = (packed: string, contextId: number) => toUuid(`software ${contextId} ${packed}`);

/** The same text in two distributions is one version. */
export const versionKey = (s: Software) => toUuid(`version ${pack(versionFields(s))}`);

/** Apps are one title by bundle or application id, programs by upgrade code, extensions by their id; all else by name. */
export function titleKey(s: Software): string {
  if (s.applicationId) return toUuid(`title ${pack([s.source, 'application', s.applicationId])}`);
  if (s.bundleIdentifier) return toUuid(`title ${pack([s.source, 'bundle', s.bundleIdentifier])}`);
  if (s.upgradeCode) return toUuid(`title ${pack([s.source, 'upgrade', s.upgradeCode])}`);
  if (s.extensionId) return toUuid(`title ${pack([s.source, 'extension', s.extensionId, s.extensionFor])}`);
  return toUuid(`title ${pack([s.source, titleName(s), s.extensionFor])}`);
}

/** The version's own text and marks of an architecture, which installers of Windows write into the names of programs. */
const ARCHITECTURE = /(?<![\w.-])(?:x64|x86_64|x86|amd64|arm64|(?:32|64)[- ]?bit)(?: edition)?(?![\w.-])/gi;
const EMPTY_BRACKETS = /\(\s*[,;]?\s*\)/g;

/** What a title is called: of programs the name without version and architecture, so that an update is no new title. */
export function titleName({ source, name, version }: Software): string {
  if (source !== 'programs') return name;
  const text = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const own = version && new RegExp(`(?<![^\\s(,])(?:version |v)?${text}(?![^\\s),])`, 'gi');
  const short = (own ? name.replace(own, '') : name)
    .replace(ARCHITECTURE, '')
    .replace(EMPTY_BRACKETS, '')
    .replace(/\(\s+/g, '(')
    .replace(/\s+\)/g, ')')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,-]+|[\s,-]+$/g, '');
  return short || name;
}

/** Changes when the software of a part does, or the context it is judged in; the order of rows does not matter. */
export const hashPart = (packed: Iterable<string>, contextId: number): string =>
  toUuid(`part ${RULES} ${contextId} ${[...packed].sort().join('\n')}\n`);

/** Of an answer that was not read. What it means depends on the context, and on the version of the program that reads it. */
export const hashRaw = (digest: string, { version, contextId }: { version: string; contextId: number }): string =>
  toUuid(`raw ${RULES} ${version} ${contextId} ${digest}`);

/** Changes when paths do. */
export const hashDetail = (lines: Iterable<string>): string => toUuid(`detail ${pack([...lines].sort())}`);

/** What titles are sorted by: case does not matter, and an index row must stay short. */
export const sortName = (name: string) => name.toLowerCase().slice(0, 200).toWellFormed();

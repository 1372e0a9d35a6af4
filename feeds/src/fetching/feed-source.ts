import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where feeds come from: each from its own upstream, or all from one mirror, a folder or an address. */
export type FeedSource = { kind: 'upstream' } | { kind: 'folder'; folder: string } | { kind: 'url'; base: string };

/**
 * Reads a setting: empty for the upstreams, an http address, a `file:` address, or a folder.
 * @throws when it is an address of another kind
 */
export function feedSource(text: string | undefined): FeedSource {
  if (!text) return { kind: 'upstream' };
  if (/^https?:\/\//i.test(text)) return { kind: 'url', base: text.endsWith('/') ? text : `${text}/` };
  if (/^file:/i.test(text)) return { kind: 'folder', folder: fileURLToPath(text) };
  if (/^[a-z][a-z0-9+.-]+:/i.test(text) && !isAbsolute(text))
    throw new Error(`${text}: a mirror is a folder or http(s)`);
  return { kind: 'folder', folder: resolve(text) };
}

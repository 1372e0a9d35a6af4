import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Gives browsers what they use of the contract: the method and path of each route, and lists of words. Schemas, and the
 * library that makes them, stay out of the download. Types are unaffected: they come from the files themselves.
 * @param folder of the contract's files
 */
export function contractForBrowsers(folder: string): Plugin {
  return {
    name: 'contract-for-browsers',
    async load(id) {
      if (!id.startsWith(folder)) return null;
      return exportsOf((await import(pathToFileURL(id).href)) as Record<string, unknown>);
    },
  };
}

/** The code of a module with what is left of its exports. */
export const exportsOf = (exported: Record<string, unknown>): string =>
  Object.entries(exported)
    .filter(([, value]) => typeof value !== 'function')
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(withoutSchemas(value))};`)
    .join('\n');

function withoutSchemas(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('~kind' in value) return undefined;
  if ('method' in value && 'path' in value) return { method: value.method, path: value.path };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSchemas(part)]));
}

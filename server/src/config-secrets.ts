import { invalid } from './kernel/errors.ts';

export type Json = Record<string, unknown>;

export const MASK = '********';
const SECRET = new Set([
  'password',
  'api_token',
  'api_key',
  'api_key_json',
  'private_key',
  'secret',
  'client_secret',
  'token',
]);
/** What tells one integration from another. */
const IDENTITY = ['url', 'project_key', 'group_id', 'domain', 'username', 'email'];

export const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The same with stars in the place of credentials: that there is one shows, what it is does not. */
export function maskSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(maskSecrets) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, SECRET.has(key) && !isEmpty(part) ? MASK : maskSecrets(part)]),
  ) as T;
}

/**
 * What was sent with the credentials of before in the place of stars, as whoever sends an answer back means it.
 * @throws AppError `validation_failed` for stars where there was nothing
 */
export function unmaskSecrets(sent: unknown, before: unknown, path = ''): unknown {
  if (Array.isArray(sent)) {
    return sent.map((item, place) => unmaskSecrets(item, sameItem(item, before), `${path}[${place}]`));
  }
  if (!isObject(sent)) return sent;
  const old = isObject(before) ? before : {};
  return Object.fromEntries(
    Object.entries(sent).map(([key, part]) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (!SECRET.has(key) || part !== MASK) return [key, unmaskSecrets(part, old[key], at)];
      if (isEmpty(old[key])) throw invalid(at, `${MASK} stands for one that is there already: send the real one`);
      return [key, old[key]];
    }),
  );
}

function sameItem(item: unknown, list: unknown): unknown {
  if (!isObject(item) || !Array.isArray(list)) return undefined;
  return list.find((other) => isObject(other) && IDENTITY.every((key) => other[key] === item[key]));
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** Objects are merged, all else is replaced; null in the place of an object leaves it. */
export function mergeJson<T extends Json>(before: T, change: Json): T {
  const merged: Json = { ...before };
  for (const [key, part] of Object.entries(change)) {
    const old = merged[key];
    if (isObject(old) && part === null) continue;
    merged[key] = isObject(old) && isObject(part) ? mergeJson(old, part) : part;
  }
  return merged as T;
}

/** The paths at which two differ. */
export function changedPaths(before: Json, after: Json, path = ''): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    const [old, fresh] = [before[key], after[key]];
    if (isObject(old) && isObject(fresh)) return changedPaths(old, fresh, at);
    return JSON.stringify(old) === JSON.stringify(fresh) ? [] : [at];
  });
}

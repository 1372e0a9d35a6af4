/** What the address bar holds after "?", as the pages read it: text only, each page decides what its own mean. */
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

/** The same back into an address; what is unset or empty leaves no trace. */
export function stringifySearch(search: Record<string, unknown>): string {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') kept.set(name, String(value));
  }
  return kept.size === 0 ? '' : `?${kept}`;
}

type Raw = Record<string, unknown>;

/** A whole number of at least `min`; anything else reads as unset, so a mistyped address still opens a page. */
export function wholeNumber(value: unknown, min = 0, max = 2147483647): number | undefined {
  const text = String(value ?? '');
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}

export function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

export function text(value: unknown, max = 255): string | undefined {
  const trimmed = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';
  return trimmed.trim() === '' ? undefined : trimmed;
}

/** A moment in RFC 3339. */
export function moment(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

/** A day, such as 2026-11-24. */
export const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;

/** An id as tasks have it. */
export const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined;

/** A path of this console to come back to; never another site. */
export const ownPath = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;

export const pageSizes = [25, 50, 100, 200] as const;
export const usualPageSize = 50;
export type Direction = 'asc' | 'desc';

/** What every list keeps in the address; `page` counts from 1 there, as people do. */
export interface ListSearch {
  query?: string;
  page?: number;
  per_page?: number;
  order_key?: string;
  order_direction?: Direction;
}

export function readListSearch<K extends string>(raw: Raw, keys: readonly K[]): ListSearch & { order_key?: K } {
  return {
    query: text(raw.query),
    page: wholeNumber(raw.page, 2, 1_000_000),
    per_page: wholeNumber(raw.per_page, 1, 200),
    order_key: oneOf(raw.order_key, keys),
    order_direction: oneOf(raw.order_direction, ['asc', 'desc']),
  };
}

/** The same as the API takes it: pages from 0, defaults filled in. */
export function listQuery<K extends string>(
  search: ListSearch & { order_key?: K },
  usual: { key: K; direction: Direction },
) {
  const order_key = search.order_key ?? usual.key;
  return {
    query: search.query?.trim(),
    page: (search.page ?? 1) - 1,
    per_page: search.per_page ?? usualPageSize,
    order_key,
    order_direction: search.order_direction ?? (order_key === usual.key ? usual.direction : 'asc'),
  };
}

export interface Hit {
  id: number;
  name: string;
  detail: string;
}

/** Where an answer of the search leads: one host or title, or the list of all that match. */
export function destination(value: string, query: string) {
  const [kind, id = 'all'] = value.split(':');
  if (kind === 'hosts') {
    return id === 'all'
      ? ({ to: '/hosts', search: { query } } as const)
      : ({ to: '/hosts/$id', params: { id } } as const);
  }
  if (id === 'all') return { to: '/software', search: { query } } as const;
  return { to: '/software/titles/$id', params: { id } } as const;
}

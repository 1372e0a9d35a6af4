/** Numbers as the text of a PostgreSQL array: the driver would quote and escape each. */
export const ints = (numbers: Iterable<number>): string => `{${[...numbers].join(',')}}`;

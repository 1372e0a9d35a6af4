/** A time in ISO 8601, of UTC where it does not say so; null for what is none. */
export function instantOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const time = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

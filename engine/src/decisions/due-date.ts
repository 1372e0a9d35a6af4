const DAY = 24 * 60 * 60 * 1000;

/**
 * When a time limit ends.
 * @param start ISO 8601: when the finding began on the host, or when the vulnerability became more urgent, if that was later
 * @returns ISO 8601
 */
export function dueDate(start: string, days: number): string {
  return new Date(Date.parse(start) + days * DAY).toISOString();
}

/** What is known about a feed's data after reading them once. */
export interface Delivery {
  records: number;
  /** Records that could not be understood. */
  problems: number;
  /** Uncompressed. */
  bytes: number;
  /** When it was made, as the data or else the server say; ISO 8601. */
  published: string | null;
}

/** How the new data stand to those in use. */
export interface Arrival {
  next: Delivery;
  /** What is in use; null at the first time. */
  last: Delivery | null;
  /** Records in use that the new data no longer have. */
  withdrawn: number;
}

const LARGEST_GROWTH = 100;
const LARGEST_WITHDRAWN_SHARE = 0.1;
/** A short list may lose this many at once: shares of small numbers say little. */
const WITHDRAWN_AT_ONCE = 20;
const LARGEST_PROBLEM_SHARE = 0.05;

/**
 * Why data that arrived whole should not be used before a person has looked: damaged data close findings that are real, or
 * fill the lists with ones that are not.
 * @returns the reason in words, or null for data that may be used
 */
export function reasonToHold({ next, last, withdrawn }: Arrival): string | null {
  if (next.records === 0) return 'there is not one record in it';
  if (next.problems > next.records * LARGEST_PROBLEM_SHARE) {
    return `${next.problems} problems with ${next.records} records: the format may have changed`;
  }
  if (!last) return null;
  if (isOlder(next.published, last.published)) {
    return `it is of ${next.published}, older than what is in use, which is of ${last.published}`;
  }
  if (next.bytes > last.bytes * LARGEST_GROWTH) return `it grew from ${last.bytes} to ${next.bytes} bytes`;
  if (next.records > last.records * LARGEST_GROWTH) return `it grew from ${last.records} to ${next.records} records`;
  if (withdrawn > WITHDRAWN_AT_ONCE && withdrawn > last.records * LARGEST_WITHDRAWN_SHARE) {
    return `${withdrawn} of ${last.records} records are gone`;
  }
  return null;
}

function isOlder(next: string | null, last: string | null): boolean {
  return next !== null && last !== null && Date.parse(next) < Date.parse(last);
}

/** A file could not be fetched; the message says which and why, in words. */
export class FetchError extends Error {}

/** The mirror has no such file: whoever filled it may have left the feed out. */
export class AbsentError extends FetchError {}

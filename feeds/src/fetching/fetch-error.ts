/** A file could not be fetched; the message says which and why, in words. */
export class FetchError extends Error {}

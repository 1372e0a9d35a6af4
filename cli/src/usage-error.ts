/** What the person typed cannot be done; the message is one line, and the exit code is 2. */
export class UsageError extends Error {}

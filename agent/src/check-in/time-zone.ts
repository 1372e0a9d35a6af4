/** IANA's name of the time zone of this host; empty where the system does not tell. */
export function readTimeZone(): string {
  // Node looks only once, and again when the variable changes: a laptop travels while the agent runs.
  if (process.env.TZ === undefined) delete process.env.TZ;
  return new Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

const known = new Set<string>();
/** More than there are; whatever hosts make up is not kept. */
const MOST_KNOWN = 1000;

/** Whether a text names a time zone that local times can be told by. */
export function isTimeZone(name: string | undefined): name is string {
  if (!name) return false;
  if (known.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  if (known.size < MOST_KNOWN) known.add(name);
  return true;
}

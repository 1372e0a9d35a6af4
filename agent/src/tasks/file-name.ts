const LONGEST = 200;

/** A file name that is nothing but one, whatever it was made of. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  // The end says what kind of file it is.
  const safe = last.replace(/[^A-Za-z0-9._+~-]/g, '_').slice(-LONGEST);
  return /^\.*$/.test(safe) ? 'package' : safe.replace(/^[.-]/, '_');
}

const UPDATE =
  /^(.*?\d)[-_. ]?((?:alpha|beta|rc|cr|preview|pre|dev|milestone|sp|patch|hotfix|update|build)[-_. ]?\d*)$/i;

/** A version without the mark of a build before or after a release, and that mark as CPE names have it; absent: it has none. */
export function splitUpdate(version: string): { base: string; update?: string } {
  const [, base, update] = UPDATE.exec(version) ?? [];
  return base && update ? { base, update: update.replace(/[-_. ]/g, '').toLowerCase() } : { base: version };
}

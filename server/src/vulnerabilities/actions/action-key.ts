/** What of a software says which update ends what was found in it. */
export interface Grouped {
  kind: string;
  source: string;
  title_id: number;
  title: string;
  /** The distribution release; empty for none. */
  context: string;
  name: string;
  source_package: string;
  /** The key by which advisories were found, as `deb:debian-12:openssl`. */
  found_by: string;
}

export interface ActionIdentity {
  key: string;
  name: string;
  kind: 'package' | 'system' | 'program';
  context: string;
}

/**
 * Packages that a distribution builds from one source are updated together, so twenty of openssl are one action; those of another
 * release have another fix. All else is updated by its title.
 */
export function actionOf({ kind, source, title_id, title, context, name, ...software }: Grouped): ActionIdentity {
  const { source_package, found_by } = software;
  if (found_by.startsWith('deb:')) {
    return { key: found_by, name: found_by.slice(found_by.lastIndexOf(':') + 1), kind: 'package', context };
  }
  if (source === 'rpm_packages' && context !== '') {
    const built = source_package || name;
    return { key: `rpm:${context}:${built}`, name: built, kind: 'package', context };
  }
  return { key: `title:${title_id}`, name: title, kind: kind === 'os' ? 'system' : 'program', context: '' };
}

import type { Affected } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '../feed.ts';
import { lowestBuilds } from '../osv/lowest-builds.ts';
import { descendantsOf, textIn, type XmlElement } from '../xml/read-elements.ts';

/** What the list of one repository is read for. */
export interface UpdateList {
  feed: string;
  /** What keys begin with: `rpm:amzn-2`. */
  scope: string;
  /** The versions that a repository of one line of a program is for, as `5.10`; empty where it is for all. */
  line: string;
}

/**
 * An `<update>` of a repository's `updateinfo.xml`, as an advisory about the binary packages it brings.
 * @returns null for what is no security matter
 */
export function toItem(update: XmlElement, list: UpdateList): FeedItem | null {
  const id = textIn(update, 'id');
  if (!/^[\w.:-]{1,100}$/.test(id)) return { record: 'update', problem: 'no id' };
  const named = descendantsOf(update, 'reference').map(({ attributes }) => attributes.id ?? '');
  const cves = [...new Set(named.filter((name) => /^CVE-\d{4}-\d{4,}$/.test(name)))];
  if (cves.length === 0 && update.attributes.type !== 'security') return null;
  const affected = descendantsOf(update, 'package').flatMap((element) => statementOf(element, list) ?? []);
  const rating = textIn(update, 'severity');
  return {
    advisory: {
      ...{ feed: list.feed, id, vulnerabilities: cves.length > 0 ? cves : [id] },
      aliases: cves.length > 0 ? [id] : [],
      affected: lowestBuilds(affected),
      ...(rating !== '' && { severity: { rating: rating.toLowerCase() } }),
    },
  };
}

/** Sources, and what serves debugging only, are installed nowhere as what is vulnerable. Live patches are no kernels. */
const NEVER_AFFECTED = /-debug(?:info|source)(?:-|$)|^kernel-livepatch-/;

function statementOf({ attributes }: XmlElement, { scope, line }: UpdateList): Affected | null {
  const { name = '', epoch = '0', version = '', release = '', arch } = attributes;
  if (!/^[\w.+-]{1,200}$/.test(name) || version === '' || release === '') return null;
  if (arch === 'src' || NEVER_AFFECTED.test(name)) return null;
  const fixed = `${/^[1-9]\d*$/.test(epoch) ? `${epoch}:` : ''}${version}-${release}`;
  const isOfLine = line !== '' && (version === line || version.startsWith(`${line}.`));
  const from = epoch === '0' ? line : `${epoch}:${line}`;
  return {
    key: `${scope}:${name}`,
    scheme: 'rpm',
    statement: 'ranges',
    ranges: [{ ...(isOfLine && { introduced: from }), fixed }],
  };
}

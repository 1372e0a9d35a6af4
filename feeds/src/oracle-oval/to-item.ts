import type { Affected } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '../feed.ts';
import { childrenOf, descendantsOf, textIn, type XmlElement } from '../xml/read-elements.ts';
import { lowestOfEachBuild } from './lowest-of-each-build.ts';

/** An OVAL definition of Oracle, which is about one update: `ELSA-2022-9221`. */
export function toItem(definition: XmlElement): FeedItem {
  const references = descendantsOf(definition, 'reference').map(({ attributes }) => attributes);
  const id = references.find(({ source }) => source?.toLowerCase() === 'elsa')?.ref_id ?? '';
  if (!/^EL[A-Z]{2}-\d{4}-[\d-]+$/.test(id)) {
    return { record: definition.attributes.id ?? 'definition', problem: 'no id of an update' };
  }
  const named = descendantsOf(definition, 'cve').map(({ text }) => text);
  const cves = [...new Set(named.filter((name) => /^CVE-\d{4}-\d{4,}$/.test(name)))];
  const affected = childrenOf(definition, 'criteria').flatMap((criteria) => statementsIn(criteria, {}));
  const rating = textIn(definition, 'severity');
  return {
    advisory: {
      ...{ feed: 'oracle-oval', id, vulnerabilities: cves.length > 0 ? cves : [id] },
      aliases: cves.length > 0 ? [id] : [],
      affected: lowestOfEachBuild(affected),
      ...(/^\w+$/.test(rating) && { severity: { rating: rating.toLowerCase() } }),
    },
  };
}

/** What must be so for the criteria that stand deeper. */
interface Surroundings {
  release?: string;
  module?: string;
}

/**
 * The packages of nested criteria. Where the words of a criterion are about the system or a module, they hold for its siblings and
 * what is inside of these. That a package has Oracle's signature is what a host's vendor tells; its architecture does not matter.
 */
function statementsIn(criteria: XmlElement, around: Surroundings): Affected[] {
  const comments = childrenOf(criteria, 'criterion').map(({ attributes }) => attributes.comment ?? '');
  const isAlternative = criteria.attributes.operator === 'OR';
  const here = isAlternative ? around : comments.reduce(surroundingsAfter, around);
  return [
    ...comments.flatMap((comment) => statementOf(comment, here) ?? []),
    ...childrenOf(criteria, 'criteria').flatMap((inner) => statementsIn(inner, here)),
  ];
}

function surroundingsAfter(around: Surroundings, comment: string): Surroundings {
  const [, release] = /^Oracle Linux (\d+) is installed$/.exec(comment) ?? [];
  const [, module] = /^Module ([\w.-]+:[\w.-]+) is enabled$/.exec(comment) ?? [];
  return { ...around, ...(release && { release }), ...(module && { module }) };
}

function statementOf(comment: string, { release, module }: Surroundings): Affected | null {
  const [, name, evr = ''] =
    /^([\w.+-]{1,200}) is earlier than (?:0:)?((?:\d+:)?[^\s:-]+-[^\s:-]+)$/.exec(comment) ?? [];
  if (!name || !release || /-debug(?:info|source)$/.test(name)) return null;
  return {
    ...{ key: `rpm:ol-${release}:${name}`, scheme: 'rpm', statement: 'ranges', ranges: [{ fixed: evr }] },
    ...(module && { only: { module } }),
  };
}

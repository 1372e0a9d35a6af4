import type { Affected, Platform, VersionRange } from '@flotilla/engine/advisories/advisory';
import { recordsIn } from '../json/is-record.ts';
import { type CpeName, keyOf, parseCpeName } from './cpe-name.ts';
import { schemeOf } from './scheme-of.ts';

export interface Configured {
  affected: Affected[];
  problems: string[];
}

interface Match {
  name: CpeName;
  isVulnerable: boolean;
  ranges: VersionRange[];
}

interface Node {
  matches: Match[];
  isAnd: boolean;
}

/**
 * What `configurations` of an NVD record say about programs. Operating systems and hardware appear as what a program runs on
 * only: nothing is ever looked up by them, as their makers' own data speak for systems.
 *
 * A configuration lists nodes, a node matches. Where `operator` is AND all of a list must be there, else any; what is there
 * besides a vulnerable match is what it runs on (https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema).
 */
export function toAffected(configurations: unknown): Configured {
  const problems: string[] = [];
  const statements = new Map<string, Affected & { ranges: VersionRange[] }>();
  for (const configuration of recordsIn(configurations)) {
    // None of NVD's is negated; without its condition, what is left would say more than it does.
    const isNegated = [configuration, ...recordsIn(configuration.nodes)].some(({ negate }) => negate === true);
    if (isNegated) problems.push('a negated configuration');
    else addConfiguration(statements, configuration, problems);
  }
  return { affected: [...statements.values()], problems };
}

type Statements = Map<string, Affected & { ranges: VersionRange[] }>;

function addConfiguration(statements: Statements, configuration: Record<string, unknown>, problems: string[]): void {
  const nodes = recordsIn(configuration.nodes).map((node) => toNode(node, problems));
  const isAnd = configuration.operator === 'AND';
  for (const node of nodes) {
    if (!node.matches.some(isProgram)) continue;
    const beside = isAnd ? nodes.filter((other) => other !== node).flatMap(groupsOf) : [];
    for (const match of node.matches) {
      if (!isProgram(match)) continue;
      const mates = node.isAnd
        ? node.matches.filter((other) => other !== match).map((other) => [toPlatform(other)])
        : [];
      addMatch(statements, match, [...beside, ...mates]);
    }
  }
}

const isProgram = ({ isVulnerable, name }: Match) => isVulnerable && name.part === 'a';

function toNode(node: Record<string, unknown>, problems: string[]): Node {
  const matches: Match[] = [];
  for (const match of recordsIn(node.cpeMatch)) {
    const read = toMatch(match);
    if (typeof read === 'string') problems.push(read);
    else matches.push(read);
  }
  return { matches, isAnd: node.operator === 'AND' };
}

function toMatch(match: Record<string, unknown>): Match | string {
  if (typeof match.criteria !== 'string') return 'a match without criteria';
  const name = parseCpeName(match.criteria);
  return typeof name === 'string'
    ? name
    : { name, isVulnerable: match.vulnerable === true, ranges: rangesOf(name, match) };
}

/** A version that a name carries is the only one it speaks of; `-` is software without a version, which nobody has. */
function rangesOf({ version, part }: CpeName, match: Record<string, unknown>): VersionRange[] {
  if (version === '-') return part === 'a' ? [] : [{}];
  if (version !== '*') return [{ introduced: version, lastAffected: version }];
  const range: VersionRange = {};
  const { versionStartIncluding, versionStartExcluding, versionEndIncluding, versionEndExcluding } = match;
  if (typeof versionStartIncluding === 'string') range.introduced = versionStartIncluding;
  if (typeof versionStartExcluding === 'string') range.after = versionStartExcluding;
  if (typeof versionEndExcluding === 'string') range.fixed = versionEndExcluding;
  if (typeof versionEndIncluding === 'string') range.lastAffected = versionEndIncluding;
  return [range];
}

const groupsOf = ({ matches, isAnd }: Node): Platform[][] =>
  isAnd ? matches.map((match) => [toPlatform(match)]) : [matches.map(toPlatform)];

function toPlatform({ name, ranges }: Match): Platform {
  const isAnyVersion = ranges.length === 1 && Object.keys(ranges[0] ?? {}).length === 0;
  return {
    key: keyOf(name),
    scheme: schemeOf(name),
    ranges: isAnyVersion ? [] : ranges,
    ...(name.variant && { variant: name.variant }),
  };
}

/** Statements that differ in their versions only are one. */
function addMatch(statements: Statements, { name, ranges }: Match, runningOn: Platform[][]): void {
  if (ranges.length === 0) return;
  const key = keyOf(name);
  const only = name.variant || runningOn.length > 0;
  const place = only ? `${key} ${JSON.stringify([name.variant, runningOn])}` : key;
  const known = statements.get(place);
  if (known) known.ranges.push(...ranges);
  else {
    statements.set(place, {
      key,
      scheme: schemeOf(name),
      statement: 'ranges',
      ranges: [...ranges],
      ...(only && {
        only: { ...(name.variant && { variant: name.variant }), ...(runningOn.length > 0 && { runningOn }) },
      }),
    });
  }
}

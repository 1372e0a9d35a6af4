import type { LifecycleCycle, ProductIdentifier } from '@flotilla/engine/lifecycles/lifecycle';
import type { FeedItem, RecordProblem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';

/** One product with those of its cycles that could be understood; the others are problems beside it. */
export function* toProduct(place: string, value: unknown): Generator<FeedItem> {
  if (!isRecord(value) || typeof value.name !== 'string' || !/^[a-z0-9][\w.+-]*$/i.test(value.name)) {
    yield { record: `product ${place}`, problem: 'no name' };
    return;
  }
  const { name } = value;
  if (!Array.isArray(value.releases)) {
    yield { record: name, problem: 'no releases' };
    return;
  }
  const cycles = value.releases.map((release, index) => toCycle(release, `${name} ${index}`));
  yield* cycles.filter((cycle) => 'problem' in cycle);
  const understood = cycles.filter((cycle) => 'name' in cycle);
  yield {
    product: {
      name,
      label: text(value.label) ?? name,
      link: isRecord(value.links) ? text(value.links.html) : null,
      identifiers: Array.isArray(value.identifiers) ? value.identifiers.flatMap(toIdentifier) : [],
      cycles: [...new Map(understood.map((cycle) => [cycle.name, cycle])).values()],
    },
  };
}

function toIdentifier(value: unknown): ProductIdentifier[] {
  if (!isRecord(value) || typeof value.type !== 'string' || typeof value.id !== 'string') return [];
  return [{ type: value.type, id: value.id }];
}

function toCycle(value: unknown, record: string): LifecycleCycle | RecordProblem {
  if (!isRecord(value) || typeof value.name !== 'string' || value.name === '') return { record, problem: 'no name' };
  const latest = isRecord(value.latest) ? value.latest : {};
  const days = {
    released: day(value.releaseDate),
    supportEnds: day(value.eoasFrom),
    ends: day(value.eolFrom),
    extendedEnds: day(value.eoesFrom),
    latestReleased: day(latest.date),
  };
  for (const [name, one] of Object.entries(days)) {
    if (one === undefined) return { record: `${record} ${value.name}`, problem: `${name}: no day of the calendar` };
  }
  return {
    name: value.name,
    label: text(value.label) ?? value.name,
    ...(days as { [name in keyof typeof days]: string | null }),
    hasEnded: typeof value.isEol === 'boolean' ? value.isEol : null,
    isLts: value.isLts === true,
    latest: text(latest.name),
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** @returns undefined for what is neither a day nor nothing */
function day(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) ? value : undefined;
}

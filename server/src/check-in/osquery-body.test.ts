import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnreadRows } from '../kernel/unread-rows.ts';
import { parseOsqueryBody } from './osquery-body.ts';

/** The body with all of it read; null when it is not JSON. */
function readAll(text: string): unknown {
  try {
    return unwrap(parseOsqueryBody(Buffer.from(text)));
  } catch {
    return null;
  }
}

function unwrap(value: unknown): unknown {
  if (value instanceof UnreadRows) return value.rows;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unwrap(each)]));
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const rows = fc.array(fc.dictionary(text, text, { maxKeys: 5 }), { maxLength: 40 });
const value = fc.jsonValue({ maxDepth: 2 });
const body = fc
  .record({ queries: fc.dictionary(text, fc.oneof(rows, value), { maxKeys: 5 }), other: value, node_key: text })
  .map((members) => ({ ...members, long: 'x'.repeat(1024) }));
const written = fc
  .tuple(body, fc.constantFrom('', ' ', '\n\t'))
  .map(([members, space]) => JSON.stringify(members, null, space));
test('what is read later is what would have been read at once', () => {
  fc.assert(fc.property(written, (json) => isDeepStrictEqual(readAll(json), JSON.parse(json))));
});

test('a text that is no JSON is never taken for one', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const change = fc.record({
    place,
    cut: fc.nat(3),
    put: fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', ' ', 'x'),
  });
  fc.assert(
    fc.property(written, change, (json, { place: share, cut, put }) => {
      const at = Math.floor(share * json.length);
      const changed = (json.slice(0, at) + put + json.slice(at + cut)).toWellFormed();
      return isDeepStrictEqual(readAll(changed), parseOrNull(changed));
    }),
    { numRuns: 500 },
  );
});

test('long rows are not read before somebody asks for them', () => {
  const long = Array.from({ length: 100 }, (_, index) => ({ name: `package-${index}` }));
  const { queries } = parseOsqueryBody(Buffer.from(JSON.stringify({ queries: { long, short: [] } }))) as {
    queries: Record<string, unknown>;
  };
  expect(queries.long).toBeInstanceOf(UnreadRows);
  expect(queries.short).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonDamage } from './json-splitter.ts';
import { type JsonMember, splitJson } from './split-json.ts';

async function* inChunks(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [i, start] of places.entries()) if (i > 0 || places.length === 1) yield bytes.slice(places[i - 1], start);
}

async function split(text: string | Uint8Array, depth: number, cuts: readonly number[] = []): Promise<JsonMember[]> {
  const members: JsonMember[] = [];
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for await (const member of splitJson(inChunks(bytes, cuts), { depth, largestPiece: 10_000 })) members.push(member);
  return members;
}

/** The same by walking the parsed document. */
function members(value: unknown, depth: number, path: string[] = []): JsonMember[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => members(inner, depth - 1, [...path, key]));
}

/** Keys that objects do not put in an order of their own. */
const key = fc
  .oneof(fc.constantFrom('a"b', '\\', 'ü€😀', '', 'x\\"', '{['), fc.string())
  .filter((k) => !/^\d+$/.test(k));
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.oneof(fc.string(), fc.constantFrom('\\', '"', '\\"', '}]', 'é😀'), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'json' }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([k]) => k, depthIdentifier: 'json' })
      .map((entries) => Object.fromEntries(entries.filter(([k]) => k !== '__proto__'))),
  ),
}));
const document = json.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('splitting a document', () => {
  test('gives what parsing it whole gives, wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.tuple(fc.nat(3), fc.constantFrom(0, 2)),
        cuts,
        async (value, [depth, indent], places) => {
          const text = JSON.stringify(value, null, indent);
          expect(await split(text, depth, places)).toEqual(members(value, depth));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('byte by byte it is the same', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.nat(3), async (value, depth) => {
        const text = JSON.stringify(value);
        const everywhere = Array.from({ length: Buffer.byteLength(text) }, (_, at) => at);
        expect(await split(text, depth, everywhere)).toEqual(members(value, depth));
      }),
    );
  });

  test('a document cut short is never taken for a whole one', async () => {
    const containers = document.filter((value) => typeof value === 'object' && value !== null);
    await fc.assert(
      fc.asyncProperty(containers, fc.tuple(fc.nat(3), fc.nat()), cuts, async (value, [depth, length], places) => {
        const bytes = Buffer.from(JSON.stringify(value));
        await expect(split(bytes.subarray(0, length % bytes.length), depth, places)).rejects.toThrow(JsonDamage);
      }),
      { numRuns: 500 },
    );
  });

  test('any bytes end in pieces or in damage', async () => {
    const bytes = fc.array(fc.constantFrom(...Buffer.from('{}[]",:\\ a1')), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(3), async (list, depth) => {
        const text = Buffer.from(list).toString();
        const outcome = await split(text, depth).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(JsonDamage);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) expect(outcome).not.toBeInstanceOf(Error);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    '',
    ' ',
    '{"a":1',
    '{"a"}',
    '{"a":}',
    '{"a" 1}',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '{} {}',
    '[1}',
    '{1:2}',
    ',',
  ])('refuses %j', async (text) => {
    await expect(split(text, 2)).rejects.toThrow(JsonDamage);
  });

  test('a broken piece is told from the others', async () => {
    expect(await split('{"a":{"b":tru},"c":{"d":1}}', 1)).toEqual([
      { path: ['a'], value: undefined },
      { path: ['c'], value: { d: 1 } },
    ]);
  });

  test('a piece above the limit ends it', async () => {
    await expect(split(`{"a":"${'x'.repeat(20_000)}"}`, 1)).rejects.toThrow('larger than 10000 bytes');
    await expect(split(`{"a":"${'x'.repeat(20_000)}`, 1, [100, 200])).rejects.toThrow(JsonDamage);
  });
});

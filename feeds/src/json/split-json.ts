import { JsonSplitter } from './json-splitter.ts';
import { parseJson } from './parse-json.ts';

/** A parsed piece of a document; `value` is undefined where the piece is no JSON. */
export interface JsonMember {
  path: readonly string[];
  value: unknown;
}

/**
 * The values of a document at a depth, one by one, in memory bounded by the largest.
 * @throws JsonDamage when the document ends early, is broken above that depth, or a piece is too large
 */
export async function* splitJson(
  chunks: AsyncIterable<Uint8Array>,
  options: { depth: number; largestPiece: number },
): AsyncGenerator<JsonMember> {
  const splitter = new JsonSplitter(options);
  for await (const chunk of chunks) {
    for (const { path, bytes } of splitter.push(chunk)) yield { path, value: parseJson(bytes) };
  }
  for (const { path, bytes } of splitter.end()) yield { path, value: parseJson(bytes) };
}

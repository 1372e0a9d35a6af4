import fastJsonStringify from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';

type Serialize = (data: unknown) => string;

/** By schema: a route has one under all its addresses. */
const serializers = new WeakMap<object, Serialize>();

/** Made when a route first answers: all of them at once would delay every start by half a second. */
export const compileSerializer: FastifySerializerCompiler<object> =
  ({ schema }) =>
  (data) =>
    serializerOf(schema)(data);

function serializerOf(schema: object): Serialize {
  const known = serializers.get(schema);
  if (known) return known;
  const serialize: Serialize = fastJsonStringify(schema);
  serializers.set(schema, serialize);
  return serialize;
}

import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

const options = { allErrors: true, useDefaults: true, strict: false };
const exact = withFormats(new Ajv({ ...options, coerceTypes: false }));
const fromText = withFormats(new Ajv({ ...options, coerceTypes: 'array' }));

function withFormats(ajv: Ajv): Ajv {
  addFormats.default(ajv, ['date-time', 'uuid']);
  return ajv;
}

/** Addresses carry everything as text; a JSON body says what type it means, so there a wrong one is an error. */
export const compileValidator: FastifySchemaCompiler<AnySchema> = ({ schema, httpPart }): ValidateFunction =>
  (httpPart === 'body' ? exact : fromText).compile(schema);

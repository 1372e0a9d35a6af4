import { randomUUID } from 'node:crypto';
import { type ErrorBody, errors } from '@flotilla/contract/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, LimitError } from '../errors.ts';

/** Turns whatever a handler or the framework threw into the contract's error body. */
export function answerError(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = toAppError(error);
  if (known instanceof LimitError) reply.header('retry-after', known.retryAfterSeconds);
  if (known) return reply.code(known.status).send(body(known));
  const uuid = randomUUID();
  request.log.error({ err: error, uuid, path: request.routeOptions.url }, 'request failed');
  const { status, message } = errors.internal;
  return reply.code(status).send({
    message,
    errors: [{ name: 'base', reason: 'The server could not answer; its log says why under this uuid' }],
    uuid,
  } satisfies ErrorBody);
}

const body = (error: AppError): ErrorBody => ({ message: error.message, errors: error.fields });

function toAppError(error: FastifyError | AppError): AppError | null {
  if (error instanceof AppError) return error;
  if (error.validation) return fromValidation(error);
  const base = (reason: string) => ({ name: 'base', reason });
  if (isConnectionLoss(error)) return new AppError('unavailable', base('The database is away for a moment: try again'));
  switch (error.statusCode) {
    case 400:
      return new AppError(
        'bad_request',
        base(error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ? 'Expected JSON Body' : error.message),
      );
    case 404:
      return new AppError('not_found', base(error.message));
    case 413:
      return new AppError('too_large', base('Send a smaller body'));
    case 415:
      return new AppError('unsupported_media_type', base('Send application/json'));
    default:
      return null;
  }
}

/** The database was restarted or cannot be reached: PostgreSQL's class 08 and 57P, and what the driver says itself. */
function isConnectionLoss({ code = '', message }: { code?: string; message: string }): boolean {
  return /^(08|57P)|^(ECONNREFUSED|ECONNRESET|ENOENT)$/.test(code) || message.startsWith('Connection terminated');
}

function fromValidation(error: FastifyError): AppError {
  const fields = (error.validation ?? []).map((problem) => {
    const path = problem.instancePath.split('/').filter(Boolean);
    const missing = problem.keyword === 'required' ? [String(problem.params.missingProperty)] : [];
    return { name: [...path, ...missing].join('.') || 'base', reason: reasonOf(problem.keyword, problem) };
  });
  // Wrong in a way JSON cannot express is 422 in a body, 400 in the address.
  return new AppError(error.validationContext === 'body' ? 'validation_failed' : 'bad_request', ...fields);
}

function reasonOf(keyword: string, problem: { message?: string; params: Record<string, unknown> }): string {
  const allowed = problem.params.allowedValues;
  if (keyword === 'enum' && Array.isArray(allowed)) return `must be one of ${allowed.join(', ')}`;
  return problem.message ?? 'is not valid';
}

import { type ErrorCode, errors } from '@flotilla/contract/errors';

export interface FieldError {
  /** The field to blame, `base` when there is none. */
  name: string;
  /** What is wrong and what to do, in a sentence. */
  reason: string;
}

/** An answer other than success that the caller can act on. Anything else thrown is our own fault and answers 500. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];

  constructor(code: ErrorCode, ...fields: FieldError[]) {
    super(errors[code].message);
    this.code = code;
    this.fields = fields;
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** Too much in too short a time; the answer says when it is worth another try. */
export class LimitError extends AppError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('limit_exceeded', { name: 'base', reason: `Try again in ${retryAfterSeconds} seconds` });
    this.retryAfterSeconds = retryAfterSeconds;
    this.message = `${errors.limit_exceeded.message}, retry after: ${retryAfterSeconds}s`;
  }
}

export const badRequest = (name: string, reason: string) => new AppError('bad_request', { name, reason });
export const invalid = (name: string, reason: string) => new AppError('validation_failed', { name, reason });
export const conflict = (name: string, reason: string) => new AppError('conflict', { name, reason });
export const notFound = (what: string) =>
  new AppError('not_found', { name: 'base', reason: `${what} was not found in the datastore` });

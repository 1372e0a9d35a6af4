import type { ErrorBody } from '@flotilla/contract/errors';

/** Why a call failed, in words for a person; `status` is 0 when no server answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly reasons: ErrorBody['errors'];
  readonly uuid: string | undefined;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.reasons = body.errors;
    this.uuid = body.uuid;
  }

  static of(status: number, text: string): ApiError {
    try {
      const body = JSON.parse(text) as Partial<ErrorBody>;
      return new ApiError(status, { message: body.message ?? '', errors: body.errors ?? [], uuid: body.uuid });
    } catch {
      return new ApiError(status, { message: `The server answered with status ${status}`, errors: [] });
    }
  }
}

export const unreachable = () => new ApiError(0, { message: 'The server does not answer', errors: [] });

/** The reasons by field; `admin.email` and `email` are one field, and what blames no known field is under `base`. */
export function reasonsByField(error: unknown, fields: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  if (!(error instanceof ApiError)) return error ? { base: 'Something went wrong in the console itself' } : found;
  for (const { name, reason } of error.reasons) {
    const field = name.split(/[./]/).at(-1) ?? '';
    const place = fields.includes(field) ? field : 'base';
    found[place] ??= reason;
  }
  if (Object.keys(found).length === 0) found.base = error.message;
  return found;
}

/** What a person can do about a failed call. */
export function nextStep(error: unknown): string {
  const status = error instanceof ApiError ? error.status : -1;
  if (status === 0) return 'Check that the server is running and that this computer reaches it.';
  if (status === 401) return 'Sign in again.';
  if (status === 403) return 'Your role does not allow this. Ask an administrator.';
  if (status === 404) return 'It may have been removed. Go back to the list.';
  if (status === 409) return 'Look at how it is now, then decide again.';
  if (status === 413) return 'Choose a smaller file, or raise the limit of the server.';
  if (status === 400 || status === 422) return 'Correct that, then try again.';
  if (status === 429) return 'Wait a moment, then try again.';
  if (status === 503) return 'The server is busy or starting. It usually answers within a minute.';
  if (status >= 500) return 'The reason is in the server log.';
  return 'Try again; if it fails again, reload the page.';
}

/** What the server gave as its reason, with the id that finds it in the log. */
export function explanation(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in the console itself.';
  const reason = error.reasons[0]?.reason ?? error.message;
  const sentence = reason === '' ? `The server answered with status ${error.status}` : reason;
  return `${sentence.replace(/\.$/, '')}.${error.uuid ? ` Log entry ${error.uuid}.` : ''}`;
}

/** Both in one: why, and what to do. That something is not allowed is said once. */
export const whyFailed = (error: unknown): string =>
  error instanceof ApiError && error.status === 403 ? nextStep(error) : `${explanation(error)} ${nextStep(error)}`;

import Type, { type Static } from 'typebox';

/** Every error an answer can carry: its status and its message, as Fleet's API words them. */
export const errors = {
  bad_request: { status: 400, message: 'Bad request' },
  unauthenticated: { status: 401, message: 'Authentication required' },
  authentication_failed: { status: 401, message: 'Authentication failed' },
  forbidden: { status: 403, message: 'Permission Denied' },
  not_found: { status: 404, message: 'Resource Not Found' },
  conflict: { status: 409, message: 'Conflict' },
  too_large: { status: 413, message: 'Request body is too large' },
  unsupported_media_type: { status: 415, message: 'Unsupported media type' },
  validation_failed: { status: 422, message: 'Validation Failed' },
  limit_exceeded: { status: 429, message: 'limit exceeded' },
  internal: { status: 500, message: 'Internal error' },
  unavailable: { status: 503, message: 'Temporarily unavailable' },
} as const;

export type ErrorCode = keyof typeof errors;

/** `name` is the field to blame, `base` when there is none; `reason` says what to do. */
export const ErrorBody = Type.Object({
  message: Type.String(),
  errors: Type.Array(Type.Object({ name: Type.String(), reason: Type.String() })),
  uuid: Type.Optional(Type.String({ description: 'finds the entry in the server log' })),
});
export type ErrorBody = Static<typeof ErrorBody>;

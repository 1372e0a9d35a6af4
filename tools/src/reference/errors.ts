import { page, table } from './table.ts';

/** The page about every error an answer can carry. */
export function errorsPage(errors: Record<string, { status: number; message: string }>): string {
  const rows = Object.entries(errors).map(([code, { status, message }]) => [`\`${code}\``, String(status), message]);
  return page('Errors', '`contract/src/errors.ts`', [
    'An answer other than success has this body. `name` is the field to blame, or `base`; `reason` says what to do; `uuid`, where present, finds the entry in the log of the server.',
    '```json\n{ "message": "Validation Failed", "errors": [{ "name": "email", "reason": "must be an address" }], "uuid": "…" }\n```',
    table(['code', 'status', 'message'], rows),
    "osquery's own endpoints are different: osquery reads only the body of an answer, so there every failure is an object with `error`, or with `node_invalid` when the host has to enrol again.",
  ]);
}

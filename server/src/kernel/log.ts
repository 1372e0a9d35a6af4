import { type Logger, pino } from 'pino';

export type Log = Logger;

/** The driver hangs its whole client, and PostgreSQL the row in question, on an error: neither belongs in a log. */
function describeError(error: Error & { code?: string }) {
  const { name, message, code, stack } = error;
  return { type: name, message, ...(code !== undefined && { code }), stack };
}

/** JSON lines with a fixed message and variables as fields. Values of fields that may hold a secret never appear. */
export function createLog(level: string): Log {
  const secret = ['password', 'secret', 'token', 'authorization', 'cookie', 'node_key', 'enroll_secret'];
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: describeError },
  });
}

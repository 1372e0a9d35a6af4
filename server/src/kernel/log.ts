import { type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines with a fixed message and variables as fields. Values of fields that may hold a secret never appear. */
export function createLog(level: string): Log {
  const secret = ['password', 'secret', 'token', 'authorization', 'cookie', 'node_key', 'enroll_secret'];
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err },
  });
}

/** Why the embedded PostgreSQL cannot run, in one line that says what to do. */
export class EmbeddedPostgresError extends Error {}

export const externalInstead = 'or set FLOTILLA_DATABASE_URL to a PostgreSQL 15 or newer of your own';

/** The end of a program's output, in one line. */
export function lastWords(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ').replaceAll(/\s+/g, ' ');
}

import type { Answer, Row } from '../kernel/host-queries.ts';
import { UnreadRows } from '../kernel/unread-rows.ts';
import type { NumberedAnswer } from './due-queries.ts';

/**
 * The answers in the body of osquery's distributed write. Only a query with status 0 counts as answered with rows.
 * @returns a sentence when the body is none
 */
export function readAnswers(body: Record<string, unknown>): NumberedAnswer[] | string {
  const { queries = {}, statuses = {}, messages = {} } = body;
  if (!isObject(queries)) return 'queries is not an object';
  if (!isObject(statuses)) return 'statuses is not an object';
  const texts = isObject(messages) ? messages : {};
  return Object.keys({ ...queries, ...statuses }).map((fullName) => {
    const [, name = fullName, number] = /^(.*?)(?::(\d{1,9}))?$/s.exec(fullName) ?? [];
    const answer = toAnswer({ rows: queries[fullName], status: statuses[fullName], message: texts[fullName] });
    return { name, asked: number === undefined ? null : Number(number), answer };
  });
}

function toAnswer({ rows, status, message }: { rows: unknown; status: unknown; message: unknown }): Answer {
  if (status === undefined) return { error: 'the answer has no status' };
  if (Number(status) !== 0)
    return { error: typeof message === 'string' && message ? message : `status ${String(status)}` };
  if (rows instanceof UnreadRows) return rows;
  return Array.isArray(rows) ? { rows: rows as Row[] } : { error: 'the answer has no rows' };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

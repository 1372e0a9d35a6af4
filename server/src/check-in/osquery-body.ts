import { UnreadRows } from '../kernel/unread-rows.ts';
import { type Member, splitObject } from './split-json.ts';

/** Bytes of rows that are read at once: reading few later is no gain. */
const FEW = 1024;
const OPEN_BRACKET = 0x5b;

/**
 * The JSON of a body, where long answers stay unread: most of them are what the host said the last time.
 * @throws SyntaxError when it is not JSON, as far as it is read
 */
export function parseOsqueryBody(bytes: Buffer): unknown {
  const members = bytes.length > FEW ? splitObject(bytes, 'queries') : null;
  if (!members) return parse(bytes);
  return Object.fromEntries(
    members.map(({ name, value, members: answers }) => [name, answers ? toAnswers(answers) : parse(value)]),
  );
}

const toAnswers = (answers: Member[]) =>
  Object.fromEntries(
    answers.map(({ name, value }) => [
      name,
      value.length > FEW && value[0] === OPEN_BRACKET ? new UnreadRows(value) : parse(value),
    ]),
  );

const parse = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

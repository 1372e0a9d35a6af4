import type { CheckInBody, TaskReport } from '@flotilla/contract/agent';
import description from '../../package.json' with { type: 'json' };
import type { SpooledAnswers } from './answer-spool.ts';

export const PROTOCOL = 1;
export const CHECK_IN_PATH = '/api/v1/flotilla/agent/check-in';
const CAPABILITIES = ['queries', 'install', 'uninstall', 'script', 'stop'];

/** One call with all it says. It stays the same however often it has to be sent. */
export interface Call {
  sequence: number;
  /** Nothing that was asked before it will be answered. */
  isFirst: boolean;
  /** Of the stop gate, when the call was made. */
  mark: number;
  answers: SpooledAnswers;
  reports: TaskReport[];
  /** IANA's name of it. */
  timeZone: string;
}

/** The body of a call, in pieces: the rows of answers are JSON already, and may be large. */
export function bodyOf({ sequence, isFirst, answers, reports, timeZone }: Call, nodeKey: string): string[] {
  const head: Omit<CheckInBody, 'answers'> = {
    node_key: nodeKey,
    protocol: PROTOCOL,
    sequence,
    agent_version: description.version,
    capabilities: CAPABILITIES,
    time_zone: timeZone,
    ...(isFirst && { started: true }),
    ...(reports.length > 0 && { tasks: reports }),
  };
  const text = JSON.stringify(head);
  if (answers.size === 0) return [text];
  const pieces = [text.slice(0, -1), ',"answers":{"queries":{'];
  let comma = '';
  for (const [name, { rows }] of answers) {
    pieces.push(`${comma}${JSON.stringify(name)}:`, rows);
    comma = ',';
  }
  const all = [...answers];
  const statuses = Object.fromEntries(all.map(([name, { status }]) => [name, status]));
  const messages = Object.fromEntries(all.map(([name, { message }]) => [name, message]));
  pieces.push(`},"statuses":${JSON.stringify(statuses)},"messages":${JSON.stringify(messages)}}}`);
  return pieces;
}

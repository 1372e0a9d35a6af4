import type { AgentTask, CheckInAnswer, TaskRef } from '@flotilla/contract/agent';
import type { JsonObject } from '../server/call-json.ts';

/**
 * The answer to a check-in, if it has the form that the contract says; else null. Written out, as the schema library alone
 * takes half as much memory as the agent; a test holds it against the contract.
 */
export function readCheckInAnswer(json: JsonObject): CheckInAnswer | null {
  return isAnswer(json) ? (json as unknown as CheckInAnswer) : null;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTruth: Check = (value) => typeof value === 'boolean';
const isNull: Check = (value) => value === null;
const isInteger: Check = (value) => Number.isInteger(value);
const isAtLeast =
  (least: number, most = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    isInteger(value) && (value as number) >= least && (value as number) <= most;
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const either =
  (one: Check, other: Check): Check =>
  (value) =>
    one(value) || other(value);
const isList =
  (of: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(of);
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRecord =
  (of: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(of);
const has =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(fields).every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined));
/** For what older servers do not say. */
const isMissingOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const ref = {
  id: matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  attempt: isAtLeast(1, 1_000_000),
} satisfies Record<keyof TaskRef, Check>;

const task = {
  ...ref,
  kind: matches(/^(install|uninstall|script)$/),
  package: either(
    isNull,
    has({ sha256: matches(/^[0-9a-f]{64}$/), size: isAtLeast(0), file_name: isText } satisfies Record<
      keyof NonNullable<AgentTask['package']>,
      Check
    >),
  ),
  pre_install_query: either(isNull, isText),
  scripts: has({ main: isText, post_install: either(isNull, isText), rollback: either(isNull, isText) }),
  environment: isRecord(isText),
  time_limit_seconds: isAtLeast(1),
  most_output_bytes: isAtLeast(0),
} satisfies Record<keyof AgentTask, Check>;

const isAnswer = has({
  protocol: isInteger,
  sequence: isInteger,
  queries: isRecord(isText),
  has_more: isTruth,
  offers: isList(has(ref)),
  run: isList(has(task)),
  drop: isList(has(ref)),
  settled: isList(has(ref)),
  cancel: isList(has(ref)),
  stopped: isTruth,
  poll_seconds: isAtLeast(1),
  ca_sha256: isMissingOr(isText),
} satisfies Record<keyof CheckInAnswer, Check>);

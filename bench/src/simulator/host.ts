import { setTimeout as delay } from 'node:timers/promises';
import { enrolBody, keyBody, writeBody } from './bodies.ts';
import type { Machine } from './machine.ts';
import type { Osquery } from './osquery.ts';
import type { Wire } from './wire.ts';

/** A machine with osquery on it, as the server knows it. */
export interface Host {
  machine: Machine;
  nodeKey: string | null;
  /** What the last inventory asked, by the names it gave the questions. */
  lastAsked: Map<string, string>;
}

export interface Surroundings {
  wire: Wire;
  osquery: Osquery;
  secret: string;
  /** Takes what went wrong but was tried again. */
  note(problem: string): void;
}

export const createHost = (machine: Machine): Host => ({ machine, nodeKey: null, lastAsked: new Map() });

/** osquery tries a request three times, after these waits. */
const RETRY_AFTER = [0, 1000, 4000];

/** The path osquery's requests go to, as its usual flags say. */
const path = (name: string) => `/api/osquery/${name}`;

/** Sends as osquery does: what counts is the body of the answer, whatever its status. */
async function post(around: Surroundings, name: string, body: string): Promise<Record<string, unknown>> {
  for (const wait of RETRY_AFTER) {
    if (wait > 0) await delay(wait);
    const { status, json } = await around.wire.send({ method: 'POST', path: path(name), body });
    if (typeof json === 'object' && json !== null && !('error' in json && !('node_invalid' in json))) {
      return json as Record<string, unknown>;
    }
    around.note(`${name} answered ${status} ${JSON.stringify(json)?.slice(0, 200)}`);
  }
  return {};
}

/** @throws Error when the server does not take the host */
export async function enrol(around: Surroundings, host: Host): Promise<void> {
  const answer = await post(around, 'enroll', enrolBody(host.machine, around.secret));
  if (typeof answer.node_key !== 'string') throw new Error(`the server refuses to enrol: ${JSON.stringify(answer)}`);
  host.nodeKey = answer.node_key;
}

/** Sends with the host's key, and enrols anew when the server knows it no more. */
async function postAsHost(
  around: Surroundings,
  host: Host,
  { name, body }: { name: string; body: (nodeKey: string) => string },
): Promise<Record<string, unknown>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (host.nodeKey === null) await enrol(around, host);
    const answer = await post(around, name, body(host.nodeKey ?? ''));
    if (answer.node_invalid !== true) return answer;
    around.note(`${name}: the key is not valid any more`);
    host.nodeKey = null;
  }
  return {};
}

export const readConfig = (around: Surroundings, host: Host) =>
  postAsHost(around, host, { name: 'config', body: keyBody });

/** Asks what to run. @returns the queries by name */
export async function readQueries(
  around: Surroundings,
  host: Host,
): Promise<{ queries: Map<string, string>; isAccelerated: boolean }> {
  const answer = await postAsHost(around, host, { name: 'distributed/read', body: keyBody });
  const queries = Object.entries((answer.queries ?? {}) as Record<string, string>);
  return { queries: new Map(queries), isAccelerated: Number(answer.accelerate) > 0 };
}

/** Runs queries and sends all answers at once. */
export async function writeAnswers(around: Surroundings, host: Host, queries: Map<string, string>): Promise<void> {
  const answers = [...queries].map(([name, sql]) => [name, around.osquery.answer(host.machine, sql)] as const);
  await postAsHost(around, host, {
    name: 'distributed/write',
    body: (nodeKey) =>
      writeBody(
        nodeKey,
        answers.map(([name, answer]) => [name, answer]),
      ),
  });
}

/** Polls until the server asks no more. @returns how many queries were answered */
export async function deliverInventory(around: Surroundings, host: Host): Promise<number> {
  const asked = new Map<string, string>();
  for (;;) {
    const { queries } = await readQueries(around, host);
    if (queries.size === 0) break;
    await writeAnswers(around, host, queries);
    for (const [name, sql] of queries) asked.set(name, sql);
  }
  if (asked.size > 0) host.lastAsked = asked;
  return asked.size;
}

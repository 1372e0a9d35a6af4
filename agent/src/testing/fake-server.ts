import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type AgentTask,
  agentRoutes,
  type CheckInAnswer,
  CheckInBody,
  type TaskRef,
  type TaskReport,
} from '@flotilla/contract/agent';
import { OrbitEnrollBody, orbitRoutes } from '@flotilla/contract/orbit';
import Value from 'typebox/value';
import { type Certificates, makeCertificates } from './certificates.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Name = 'enrol' | 'checkIn' | 'stream' | 'package';

/** A task as the server of these tests has it. */
export interface FakeTask {
  task: AgentTask;
  reports: TaskReport[];
  /** Its definite end; null before. */
  end: Extract<TaskReport, { state: 'declined' | 'finished' }> | null;
}

export interface FakeServer {
  url: string;
  certificates: Certificates;
  secret: string;
  /** Keys that are known; empty it and every host has to enrol again. */
  keys: Set<string>;
  enrolments: OrbitEnrollBody[];
  checkIns: CheckInBody[];
  answers: Map<string, { rows: Record<string, string>[]; status: number; message: string }>;
  /** Queries for the next check-in. */
  queries: Record<string, string>;
  tasks: Map<string, FakeTask>;
  /** Delivered with every check-in, whether it was before or not. */
  offers: TaskRef[];
  run: AgentTask[];
  cancel: TaskRef[];
  drop: TaskRef[];
  isStopped: boolean;
  pollSeconds: number;
  /** The CAs it wants to be trusted; null from a server that does not say. */
  cas: string | null;
  packages: Map<string, Buffer>;
  /** Bytes that came through TLS, and connections that reached it. */
  heard: { bytes: number; connections: number };
  /** Answers instead of the usual answer, until it is removed. */
  instead: Partial<Record<Name, Handler>>;
  streams: Set<ServerResponse>;
  addTask(task?: Partial<AgentTask>): FakeTask;
  addPackage(bytes: Buffer, fileName?: string): NonNullable<AgentTask['package']>;
  send(event: 'nudge' | 'stop'): void;
  /** Puts into the folder of an agent what it enrols with. */
  admit(folder: string): void;
  close(): Promise<void>;
}

/** Speaks the agent's half of the contract, and keeps all it hears. */
export async function startFakeServer(options: { name?: string; isExpired?: boolean } = {}): Promise<FakeServer> {
  const certificates = await makeCertificates(options);
  const server = createServer({ cert: certificates.cert, key: certificates.key });
  const fake = newFake(certificates);
  fake.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  server.on('connection', () => {
    fake.heard.connections += 1;
  });
  server.on('secureConnection', (socket) => {
    socket.on('data', (chunk: Buffer) => {
      fake.heard.bytes += chunk.length;
    });
  });
  server.on('request', (request, response) => {
    const [name, handle] = find(fake, request.url ?? '');
    const chosen = (name && fake.instead[name]) ?? handle;
    chosen(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.url = `https://localhost:${(server.address() as AddressInfo).port}`;
  return fake;
}

function newFake(certificates: Certificates): FakeServer {
  const fake: FakeServer = {
    url: '',
    certificates,
    secret: 'the secret',
    keys: new Set(),
    enrolments: [],
    checkIns: [],
    answers: new Map(),
    queries: {},
    tasks: new Map(),
    offers: [],
    run: [],
    cancel: [],
    drop: [],
    isStopped: false,
    pollSeconds: 1,
    cas: null,
    packages: new Map(),
    heard: { bytes: 0, connections: 0 },
    instead: {},
    streams: new Set(),
    addTask(given = {}) {
      const made = { task: newTask(given), reports: [], end: null };
      fake.tasks.set(made.task.id, made);
      return made;
    },
    addPackage(bytes, fileName = 'hello_1.0_all.deb') {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      fake.packages.set(sha256, bytes);
      return { sha256, size: bytes.length, file_name: fileName };
    },
    send(event) {
      for (const stream of fake.streams) stream.write(`event: ${event}\ndata: {}\n\n`);
    },
    admit(folder) {
      writeFileSync(join(folder, 'enrol-secret'), `${fake.secret}\n`);
      writeFileSync(join(folder, 'server-ca.pem'), certificates.ca);
    },
    close: async () => {},
  };
  return fake;
}

export function newTask(given: Partial<AgentTask> = {}): AgentTask {
  return {
    id: randomUUID(),
    attempt: 1,
    kind: 'script',
    package: null,
    pre_install_query: null,
    scripts: { main: 'echo done', post_install: null, rollback: null },
    environment: {},
    time_limit_seconds: 60,
    most_output_bytes: 10_000,
    ...given,
  };
}

function find(fake: FakeServer, path: string): [Name | null, Handler] {
  if (path === orbitRoutes.enroll.path) return ['enrol', (...exchange) => enrol(fake, ...exchange)];
  if (path === agentRoutes.checkIn.path) return ['checkIn', (...exchange) => checkIn(fake, ...exchange)];
  if (path === agentRoutes.stream.path) return ['stream', (...exchange) => stream(fake, ...exchange)];
  if (path === orbitRoutes.ping.path) return [null, (_request, response) => void response.writeHead(200).end()];
  if (path === agentRoutes.ca.path) return [null, (_request, response) => void response.writeHead(200).end(fake.cas)];
  const prefix = agentRoutes.package.path.replace(':sha256', '');
  if (path.startsWith(prefix)) {
    return ['package', (...exchange) => sendPackage(fake.packages.get(path.slice(prefix.length)), ...exchange)];
  }
  return [null, (_request, response) => json(response, 404, { message: 'Resource Not Found' })];
}

const enrol = async (fake: FakeServer, ...[request, response]: Parameters<Handler>) => {
  const body = await read(request);
  if (!Value.Check(OrbitEnrollBody, body)) return json(response, 400, { error: 'not as in the contract' });
  fake.enrolments.push(body);
  if (body.enroll_secret !== fake.secret) return json(response, 401, { error: 'wrong secret' });
  const key = randomUUID();
  fake.keys.add(key);
  json(response, 200, { orbit_node_key: key });
};

const checkIn = async (fake: FakeServer, ...[request, response]: Parameters<Handler>) => {
  const body = await read(request);
  if (!Value.Check(CheckInBody, body)) return json(response, 400, { error: 'not as in the contract' });
  if (!fake.keys.has(body.node_key)) return json(response, 401, { error: 'unknown key', node_invalid: true });
  fake.checkIns.push(body);
  for (const [name, rows] of Object.entries(body.answers?.queries ?? {})) {
    const [status = 1, message = ''] = [body.answers?.statuses[name], body.answers?.messages[name]];
    fake.answers.set(name, { rows, status, message });
  }
  const answer: CheckInAnswer = {
    protocol: 1,
    sequence: body.sequence,
    queries: fake.queries,
    has_more: false,
    ...takeReports(fake, body.tasks ?? []),
    cancel: fake.cancel,
    stopped: fake.isStopped,
    poll_seconds: fake.pollSeconds,
    ...(fake.cas !== null && { ca_sha256: createHash('sha256').update(fake.cas).digest('hex') }),
  };
  fake.queries = {};
  json(response, 200, answer);
};

function takeReports(fake: FakeServer, reports: TaskReport[]) {
  const run = [...fake.run];
  const settled: TaskRef[] = [];
  const drop: TaskRef[] = [...fake.drop];
  for (const report of reports) {
    const known = fake.tasks.get(report.id);
    if (!known) {
      drop.push({ id: report.id, attempt: report.attempt });
      continue;
    }
    known.reports.push(report);
    if (report.state === 'accepted') run.push(known.task);
    if (report.state === 'finished' || report.state === 'declined') {
      known.end ??= report;
      settled.push({ id: report.id, attempt: report.attempt });
    }
  }
  const open = [...fake.tasks.values()].filter(({ end, reports: said }) => !end && said.length === 0);
  const offers = [...open.map(({ task: { id, attempt } }) => ({ id, attempt })), ...fake.offers];
  return { run, settled, drop, offers };
}

function stream(fake: FakeServer, ...[request, response]: Parameters<Handler>): void {
  const key = request.headers.authorization?.replace(/^NodeKey /, '') ?? '';
  if (fake.keys.has(key)) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    fake.streams.add(response);
    response.once('close', () => fake.streams.delete(response));
  } else json(response, 401, { error: 'unknown key', node_invalid: true });
}

function sendPackage(bytes: Buffer | undefined, ...[, response]: Parameters<Handler>): void {
  if (bytes) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    response.end(bytes);
  } else json(response, 404, { message: 'Resource Not Found' });
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

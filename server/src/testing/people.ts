import type { Role, User } from '@flotilla/contract/accounts';
import { PERSON, type TestServer } from './test-server.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of all routes
  body: any;
  headers: Record<string, unknown>;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type Call = (method: Method, path: string, body?: unknown) => Promise<Answer>;

/** Calls as whoever holds the token; a path without a prefix is one of Fleet's API. */
export const callAs =
  (server: TestServer, token: string | null, headers: Record<string, string> = {}): Call =>
  async (method, path, body) => {
    const response = await server.app.inject({
      method,
      url: path.startsWith('/api/') ? path : `/api/v1/fleet${path}`,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    const isJson = String(response.headers['content-type']).includes('json') && response.body !== '';
    return { status: response.statusCode, body: isJson ? response.json() : null, headers: response.headers };
  };

type RolesOf = { global_role: Role } | { fleets: { id: number; role: Role }[] };

export interface TestPerson {
  id: number;
  email: string;
  token: string;
  call: Call;
}

/** A person who has signed in; everybody has the password of the first administrator. */
export async function addPerson(
  server: TestServer,
  admin: Call,
  { name, ...roles }: RolesOf & { name: string },
): Promise<TestPerson> {
  const email = `${name}@example.org`;
  const made = await admin('POST', '/users/admin', {
    name,
    email,
    password: PERSON.password,
    admin_forced_password_reset: false,
    ...roles,
  });
  if (made.status !== 200) throw new Error(`${name}: ${made.status} ${JSON.stringify(made.body)}`);
  const token = await signIn(server, email);
  const user: User = made.body.user;
  return { id: user.id, email, token, call: callAs(server, token) };
}

/** @returns the token */
export async function signIn(server: TestServer, email: string, password = PERSON.password): Promise<string> {
  const { status, body } = await callAs(server, null)('POST', '/login', { email, password });
  if (status !== 200) throw new Error(`${email}: ${status} ${JSON.stringify(body)}`);
  return body.token;
}

/** @returns the id */
export async function addFleet(admin: Call, name: string): Promise<number> {
  const { status, body } = await admin('POST', '/fleets', { name });
  if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
  return body.fleet.id;
}

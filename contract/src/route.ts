import type { Static, TSchema } from 'typebox';

/**
 * What a caller must be allowed to do. `public` asks for nothing, `setup-token` for the token printed at first start,
 * `node-key` for the key of an enrolled host, `session` for any signed-in person; the rest are permissions of a role.
 */
export type Access =
  | 'public'
  | 'setup-token'
  | 'node-key'
  | 'session'
  | 'hosts:read'
  | 'hosts:write'
  | 'hosts:manage'
  | 'software:read'
  | 'secrets:read'
  | 'secrets:write'
  | 'server:read'
  | 'server:write'
  | 'people:write'
  | 'fleets:write'
  | 'labels:write'
  | 'feeds:write'
  | 'software:write'
  | 'hosts:install'
  | 'stop:write'
  | 'activities:read'
  | 'policies:read'
  | 'policies:write'
  | 'updates:read'
  | 'updates:write'
  | 'exceptions:write';

export type Permission = Exclude<Access, 'public' | 'setup-token' | 'node-key' | 'session'>;

/** One endpoint as both sides of the wire know it. */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  access: Access;
  /**
   * Who may use it besides people whose role counts everywhere: `fleets`, everybody whose role in some fleet allows `access`, for
   * what is in these fleets. Absent: nobody.
   */
  reach?: 'fleets';
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  /** Bytes, where the body of a real request may be larger than 1 MiB. */
  bodyLimit?: number;
  /** A body that is no JSON: the use case reads its parts itself. */
  consumes?: 'multipart/form-data';
  /** Of a success, where it is not 200. */
  status?: 202 | 204 | 205;
  /** The body of the successful answer; absent when it is empty. */
  response?: TSchema;
}

type Part<R, K extends string> = R extends { [key in K]: infer S extends TSchema } ? Static<S> : undefined;
export type ParamsOf<R extends Route> = Part<R, 'params'>;
export type QueryOf<R extends Route> = Part<R, 'query'>;
export type BodyOf<R extends Route> = Part<R, 'body'>;
export type ResponseOf<R extends Route> = Part<R, 'response'>;

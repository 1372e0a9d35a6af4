import type { ServerAccess } from './call-server.ts';
import { UsageError } from './usage-error.ts';

/** The options of every command that asks a server. */
export const serverOptions = {
  'server-url': { type: 'string' },
  token: { type: 'string' },
  ca: { type: 'string' },
} as const;

interface Given {
  'server-url'?: string | undefined;
  token?: string | undefined;
  ca?: string | undefined;
}

/** Which server to ask, and as whom: by options, else by the environment. @throws UsageError without a token or an address */
export function accessOf(command: string, given: Given): Omit<ServerAccess, 'timeoutMs'> {
  const { FLOTILLA_SERVER_URL: configured, FLOTILLA_HTTP_PORT: port, FLOTILLA_TOKEN } = process.env;
  const url = given['server-url'] ?? (configured || `http://localhost:${port || '8080'}`);
  const token = given.token ?? FLOTILLA_TOKEN;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`--server-url: ${url} is not an address that starts with http:// or https://`);
  }
  if (!token) throw new UsageError(`flotilla ${command} needs --token, or the token in FLOTILLA_TOKEN`);
  return { url, token, ...(given.ca !== undefined && { caFile: given.ca }) };
}

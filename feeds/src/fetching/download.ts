import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { FetchError } from './fetch-error.ts';
import type { Fetched, FileRequest } from './fetch-file.ts';
import { storeStream } from './store-stream.ts';

const MOST_REDIRECTIONS = 5;

interface Download extends FileRequest {
  /** A secret. */
  token?: string;
}

/**
 * Downloads a file unless the server says that it is still the known one. Proxies are those of the environment
 * (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
 * @returns null when the server does not have it
 * @throws FetchError on any other answer, and when it ends early, takes too long or is too large
 */
export async function download(url: string, wanted: Download): Promise<Fetched | null> {
  const dispatcher = new EnvHttpProxyAgent();
  const time = AbortSignal.timeout(wanted.seconds * 1000);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, time]) : time;
  try {
    return await get(url, { ...wanted, signal }, dispatcher);
  } catch (error) {
    const reason = time.aborted ? `it took longer than ${wanted.seconds} s` : (error as Error).message;
    throw new FetchError(`${withoutQuery(url)}: ${reason}`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

async function get(url: string, wanted: Download, dispatcher: Dispatcher): Promise<Fetched | null> {
  const { statusCode, headers, body } = await follow(url, wanted, dispatcher);
  if (statusCode === 200) {
    const isEncoded = headers['content-encoding'] === 'gzip';
    await storeStream(body, { ...wanted, isEncoded });
    return {
      isNew: true,
      identity: { from: withoutQuery(url), tag: text(headers.etag), modified: text(headers['last-modified']) },
    };
  }
  await body.dump();
  if (statusCode === 304 && wanted.known) return { isNew: false, identity: wanted.known };
  if (statusCode === 404) return null;
  throw new FetchError(`the server answered ${statusCode}`);
}

async function follow(url: string, wanted: Download, dispatcher: Dispatcher) {
  let address = new URL(url);
  for (let hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
    const answer = await request(address, {
      dispatcher,
      signal: wanted.signal,
      headers: headersFor(url, address, wanted),
    });
    const location = text(answer.headers.location);
    if (answer.statusCode < 301 || answer.statusCode > 308 || answer.statusCode === 304 || !location) return answer;
    await answer.body.dump();
    const next = new URL(location, address);
    if (next.protocol !== 'https:' && next.protocol !== address.protocol) {
      throw new FetchError(`it leads to ${next.protocol}, which is less safe`);
    }
    address = next;
  }
  throw new FetchError('it leads on and on');
}

/** What follows an address may be a signature that opens it to whoever has it. */
export const withoutQuery = (url: string) => url.replace(/\?.*$/s, '');

/** A token is shown to the server that was meant only, wherever that leads. */
function headersFor(url: string, address: URL, { known, token }: Download): Record<string, string> {
  const isKnown = known?.from === withoutQuery(url);
  const isMeant = address.origin === new URL(url).origin;
  return {
    'user-agent': 'flotilla',
    // Some answer in XML unless asked.
    accept: 'application/json, */*;q=0.9',
    'accept-encoding': 'gzip',
    ...(token && isMeant && { authorization: `Bearer ${token}` }),
    ...(isKnown && known.tag && { 'if-none-match': known.tag }),
    ...(isKnown && known.modified && { 'if-modified-since': known.modified }),
  };
}

const text = (header: string | string[] | undefined): string | null => [header].flat()[0] ?? null;

import { createBackOff } from '../back-off.ts';
import type { Log } from '../log.ts';
import { createWake } from '../wake.ts';
import { readRetryAfter } from './call-json.ts';
import { explainFailure } from './explain-failure.ts';
import { readEvents } from './read-events.ts';
import type { ServerLink } from './server-link.ts';

export const STREAM_PATH = '/api/v1/flotilla/agent/stream';
/** The server shows life every 50 seconds: two that did not come, and some patience. */
const SILENCE_MS = 110_000;
/** A connection that lasted this long was a good one. */
const GOOD_MS = 30_000;
/** All hosts lose their streams at the same moment, when a server goes: they come back over some seconds. */
const FIRST_PAUSE_MS = 4000;

export interface StreamOptions {
  link: ServerLink;
  nodeKey: string;
  signal: AbortSignal;
  log: Log;
  onEvent: (name: string) => void;
  silenceMs?: number;
}

/** Keeps the stream that nudges open until the signal. Without it the same is found by polling, only later. */
export async function followStream(options: StreamOptions): Promise<void> {
  const { signal, log } = options;
  const backOff = createBackOff({ firstMs: FIRST_PAUSE_MS });
  const pause = createWake();
  while (!signal.aborted) {
    const since = Date.now();
    const { reason, retryAfterMs = null } = await followOnce(options).catch(
      (error): End => ({ reason: explainFailure(error) }),
    );
    if (signal.aborted) return;
    if (Date.now() - since > GOOD_MS) backOff.reset();
    const pauseMs = backOff.next(retryAfterMs);
    log.info('the stream ended', { reason, pauseSeconds: pauseMs / 1000 });
    await pause.wait(pauseMs, signal);
  }
}

interface End {
  reason: string;
  retryAfterMs?: number | null;
}

async function followOnce({ link, nodeKey, signal, onEvent, ...options }: StreamOptions): Promise<End> {
  const ending = new AbortController();
  const silence = setTimeout(() => ending.abort(), options.silenceMs ?? SILENCE_MS);
  try {
    const response = await link.send({
      method: 'GET',
      path: STREAM_PATH,
      nodeKey,
      isStream: true,
      signal: AbortSignal.any([signal, ending.signal]),
    });
    if (response.statusCode !== 200) {
      response.destroy();
      // A key that is not known any more is for the check-in to find out.
      return {
        reason: `the server answers with status ${response.statusCode}`,
        retryAfterMs: readRetryAfter(response.headers['retry-after']),
      };
    }
    for await (const event of readEvents(response)) {
      silence.refresh();
      if (event !== '') onEvent(event);
    }
    return { reason: 'the server closed it' };
  } catch (error) {
    if (ending.signal.aborted) return { reason: 'nothing came for too long' };
    throw error;
  } finally {
    clearTimeout(silence);
    ending.abort();
  }
}

import { createBackOff } from '../back-off.ts';
import type { Log } from '../log.ts';
import { createWake } from '../wake.ts';
import { explainFailure } from './explain-failure.ts';
import { readEvents } from './read-events.ts';
import type { ServerLink } from './server-link.ts';

export const STREAM_PATH = '/api/v1/flotilla/agent/stream';
/** The server shows life every 50 seconds: two that did not come, and some patience. */
const SILENCE_MS = 110_000;
/** A connection that lasted this long was a good one. */
const GOOD_MS = 30_000;

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
  const backOff = createBackOff();
  const pause = createWake();
  while (!signal.aborted) {
    const since = Date.now();
    const reason = await followOnce(options).catch(explainFailure);
    if (signal.aborted) return;
    if (Date.now() - since > GOOD_MS) backOff.reset();
    const pauseMs = backOff.next();
    log.info('the stream ended', { reason, pauseSeconds: pauseMs / 1000 });
    await pause.wait(pauseMs, signal);
  }
}

/** @returns why it ended */
async function followOnce({ link, nodeKey, signal, onEvent, ...options }: StreamOptions): Promise<string> {
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
      return `the server answers with status ${response.statusCode}`;
    }
    for await (const event of readEvents(response)) {
      silence.refresh();
      if (event !== '') onEvent(event);
    }
    return 'the server closed it';
  } catch (error) {
    if (ending.signal.aborted) return 'nothing came for too long';
    throw error;
  } finally {
    clearTimeout(silence);
    ending.abort();
  }
}

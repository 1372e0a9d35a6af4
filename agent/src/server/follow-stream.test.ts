import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLog, type Log } from '../log.ts';
import { json, startFakeServer } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { PATIENCE } from '../testing/patience.ts';
import { followStream } from './follow-stream.ts';
import { createServerLink } from './server-link.ts';

async function scene(silenceMs = 60_000) {
  const server = await startFakeServer();
  const folder = temporaryFolder();
  server.admit(folder);
  server.keys.add('key');
  const link = createServerLink({ server: new URL(server.url), caFile: join(folder, 'server-ca.pem') });
  const stopping = new AbortController();
  const events: string[] = [];
  const lines: { reason?: string }[] = [];
  const log: Log = createLog((line) => lines.push(JSON.parse(line)));
  const onEvent = (name: string) => events.push(name);
  const following = followStream({ link, nodeKey: 'key', signal: stopping.signal, log, onEvent, silenceMs });
  onTestFinished(async () => {
    stopping.abort();
    await following;
    link.close();
    await server.close();
  });
  return { server, events, reasons: () => lines.map(({ reason }) => reason) };
}

it('hears events, and connects again when the server closes the stream', async () => {
  const { server, events, reasons } = await scene();
  for (const round of [1, 2]) {
    await vi.waitUntil(() => server.streams.size === 1, PATIENCE);
    server.send('nudge');
    await vi.waitUntil(() => events.length === round, PATIENCE);
    for (const stream of server.streams) stream.end();
    await vi.waitUntil(() => reasons().length === round, PATIENCE);
  }
  expect(reasons()).toEqual(['the server closed it', 'the server closed it']);
});

it('takes a stream that is silent for too long for dead', async () => {
  const { server, reasons } = await scene(300);
  await vi.waitUntil(() => reasons().length === 1, PATIENCE);
  expect(reasons()).toEqual(['nothing came for too long']);
  await vi.waitUntil(() => server.streams.size === 1, PATIENCE);
});

it('leaves it to others when its key is refused', async () => {
  const { server, reasons } = await scene();
  await vi.waitUntil(() => server.streams.size === 1, PATIENCE);
  server.instead.stream = (_request, response) => json(response, 401, { error: 'unknown key', node_invalid: true });
  for (const stream of server.streams) stream.destroy();
  await vi.waitUntil(() => reasons().includes('the server answers with status 401'), PATIENCE);
});

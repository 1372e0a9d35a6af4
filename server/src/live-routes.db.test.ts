import type { AddressInfo } from 'node:net';
import { live } from '@flotilla/contract/live';
import { expect, test } from 'vitest';
import { createTestServer, type TestServer } from './testing/test-server.ts';

/** Listens on a port of its own: a stream has no end that an injected request could wait for. */
async function listening(): Promise<{ server: TestServer; url: string; token: string }> {
  const server = await createTestServer();
  const token = await server.setUp();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  return { server, token, url: `http://127.0.0.1:${port}` };
}

const open = (url: string, token: string) =>
  fetch(`${url}${live.path}`, { headers: { authorization: `Bearer ${token}` } });

/** What the stream says until it says this, or ends. */
async function readUntil(answer: Response, wanted: RegExp): Promise<string> {
  let said = '';
  for await (const chunk of answer.body ?? []) {
    said += Buffer.from(chunk as Uint8Array).toString();
    if (wanted.test(said)) return said;
  }
  return said;
}

test('a console hears which kinds moved', async () => {
  const { server, url, token } = await listening();
  const answer = await open(url, token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const heard = readUntil(answer, /data: .*policies.*\n\n/);
  const body = { name: 'A policy', query: 'select 1' };
  // Only what is written after the first look counts, so it is written until it was heard.
  let isHeard = false;
  void heard.then(() => {
    isHeard = true;
  });
  await expect
    .poll(
      async () => {
        await server.app.inject({
          method: 'POST',
          url: '/api/v1/fleet/global/policies',
          headers: { authorization: `Bearer ${token}` },
          payload: { ...body, name: `${body.name} ${Math.random()}` },
        });
        return isHeard;
      },
      { interval: 500, timeout: 20_000 },
    )
    .toBe(true);
  expect(await heard).toMatch(/event: moved\ndata: [a-z,]*policies/);
});

test('nobody hears anything without a session', async () => {
  const { url } = await listening();
  expect((await open(url, 'not-a-token')).status).toBe(401);
});

test('streams end when the server stops, so that it can', async () => {
  const { server, url, token } = await listening();
  const answer = await open(url, token);
  const ended = readUntil(answer, /never said/).catch(() => 'cut');
  await server.app.close();
  await ended;
});

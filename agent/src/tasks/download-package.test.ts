import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createServerLink } from '../server/server-link.ts';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { downloadPackage } from './download-package.ts';

const BYTES = Buffer.from('the bytes of a package'.repeat(10_000));

async function scene() {
  const server = await startFakeServer();
  onTestFinished(() => server.close());
  const folder = temporaryFolder();
  server.admit(folder);
  const link = createServerLink({ server: new URL(server.url), caFile: join(folder, 'server-ca.pem') });
  onTestFinished(() => link.close());
  const wanted = server.addPackage(BYTES, '../hello 1.0.deb');
  const download = () =>
    downloadPackage({
      wanted,
      folder,
      link,
      nodeKey: () => 'key',
      signal: new AbortController().signal,
      firstPauseMs: 1,
    });
  return { server, folder, wanted, download };
}

/** Sends something instead of the package, and counts how often it was asked for. */
function sendInstead(server: FakeServer, send: (response: ServerResponse) => void): { asked: number } {
  const count = { asked: 0 };
  server.instead.package = (_request, response) => {
    count.asked += 1;
    send(response);
  };
  return count;
}

it('fetches a package into a private folder, under a name that is only a name, once', async () => {
  const { server, folder, download } = await scene();
  const file = join(folder, 'package', 'hello_1.0.deb');
  expect(await download()).toEqual({ file });
  expect(readFileSync(file).equals(BYTES)).toBe(true);
  expect([statSync(file).mode & 0o777, statSync(join(folder, 'package')).mode & 0o777]).toEqual([0o600, 0o700]);
  const { asked } = sendInstead(server, (response) => response.destroy());
  expect(await download()).toEqual({ file });
  expect(asked).toBe(0);
});

it('refuses a package with any byte flipped', async () => {
  const { server, folder, download } = await scene();
  for (const place of [0, BYTES.length / 2, BYTES.length - 1]) {
    const flipped = Buffer.from(BYTES);
    flipped[place] = (flipped[place] ?? 0) ^ 1;
    const count = sendInstead(server, (response) => response.end(flipped));
    expect(await download()).toEqual({ reason: expect.stringMatching(/^download: the package is not the one/) });
    expect(count.asked).toBe(1);
    expect(existsSync(join(folder, 'package', 'hello_1.0.deb'))).toBe(false);
  }
});

it.each([
  [
    'a byte too many',
    Buffer.concat([BYTES, Buffer.from('x')]),
    'the server sent more than 220000 bytes instead of 220000',
  ],
  ['a byte too few', BYTES.subarray(1), 'the server sent 219999 bytes instead of 220000'],
  ['nothing', Buffer.alloc(0), 'the server sent 0 bytes instead of 220000'],
])('refuses %s', async (_title, bytes, reason) => {
  const { server, folder, download } = await scene();
  sendInstead(server, (response) => response.end(bytes));
  expect(await download()).toEqual({ reason: `download: ${reason}` });
  expect(readdirSync(join(folder, 'package'))).toEqual([]);
});

it.each([
  [404, 'application/json', 'download: the server has no such package for this host (status 404)', 1],
  [200, 'text/html; charset=utf-8', 'download: the server sent a page of HTML instead', 1],
  [503, 'application/json', 'download: the server answered with status 503, 5 times', 5],
])('names the reason when it gets status %i with %s', async (status, type, reason, times) => {
  const { server, download } = await scene();
  const count = sendInstead(server, (response) => {
    response.writeHead(status, { 'content-type': type });
    response.end('<html></html>');
  });
  expect(await download()).toEqual({ reason });
  expect(count.asked).toBe(times);
});

it('tries again when the connection is cut in the middle', async () => {
  const { server, download } = await scene();
  const count = sendInstead(server, (response) => {
    response.writeHead(200, { 'content-length': BYTES.length });
    if (count.asked > 2) response.end(BYTES);
    else response.write(BYTES.subarray(0, 1000), () => response.destroy());
  });
  expect(await download()).toHaveProperty('file');
  expect(count.asked).toBe(3);
});

it('says so when the server is not there', async () => {
  const { server, download } = await scene();
  await server.close();
  expect(await download()).toEqual({ reason: 'download: nothing listens there, 5 times' });
});

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { serve } from '../testing/web-server.ts';
import { download } from './download.ts';
import { FetchError } from './fetch-error.ts';
import type { FileIdentity } from './fetch-file.ts';

const BODY = JSON.stringify({ data: 'x'.repeat(5000) });

async function get(answer: RequestListener, known: Partial<FileIdentity> | null = null, limits = {}) {
  const url = `${await serve(answer)}file.json`;
  const path = join(temporaryFolder(), 'file.json');
  const identity = known && { tag: null, modified: null, from: url, ...known };
  const outcome = await download(url, { path, known: identity, maximumBytes: 100_000, seconds: 60, ...limits }).catch(
    (error: unknown) => error,
  );
  return { outcome, url, stored: existsSync(path) ? readFileSync(path, 'utf8') : null };
}

describe('downloading a file', () => {
  test('stores what the server sends, with what the server calls it', async () => {
    const { outcome, stored, url } = await get((_request, response) => {
      response.setHeader('etag', '"1"').setHeader('last-modified', 'Fri, 21 Aug 2026 00:00:00 GMT').end(BODY);
    });
    const identity = { from: url, tag: '"1"', modified: 'Fri, 21 Aug 2026 00:00:00 GMT' };
    expect(outcome).toEqual({ isNew: true, identity });
    expect(stored).toBe(BODY);
  });

  test('asks only for what is new', async () => {
    const { outcome, stored } = await get(
      (request, response) => {
        response.statusCode = request.headers['if-none-match'] === '"1"' ? 304 : 200;
        response.end();
      },
      { tag: '"1"' },
    );
    expect(outcome).toMatchObject({ isNew: false, identity: { tag: '"1"' } });
    expect(stored).toBeNull();
  });

  test('what is known from elsewhere does not count', async () => {
    const { outcome } = await get((request, response) => response.end(request.headers['if-none-match'] ?? BODY), {
      ...{ from: 'http://127.0.0.1:1/', tag: '"1"' },
    });
    expect(outcome).toMatchObject({ isNew: true });
  });

  test('unpacks what is packed for the way, and leaves alone what is gzip by itself', async () => {
    const packed = gzipSync(BODY);
    const onTheWay = await get((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(packed);
    });
    expect(onTheWay.stored).toBe(BODY);
    const byItself = await get((_request, response) => response.end(packed));
    expect(byItself.outcome).toMatchObject({ isNew: true });
    expect(byItself.stored).not.toBe(BODY);
  });

  test('a file that is not there is told from one that could not be had', async () => {
    const status = (statusCode: number) => get((_request, response) => response.writeHead(statusCode).end());
    expect((await status(404)).outcome).toBeNull();
    expect((await status(503)).outcome).toBeInstanceOf(FetchError);
    expect((await status(304)).outcome).toBeInstanceOf(FetchError);
  });

  test.each<[string, RequestListener, RegExp]>([
    [
      'shorter than it said',
      (_request, response) => {
        response.writeHead(200, { 'content-length': BODY.length }).write(BODY.slice(0, 100), () => response.destroy());
      },
      /./,
    ],
    [
      'broken off between pieces',
      (_request, response) => void response.write(BODY.slice(0, 100), () => response.destroy()),
      /./,
    ],
    [
      'packed and cut short',
      (_request, response) => {
        response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY).subarray(0, 40));
      },
      /unexpected end of file/,
    ],
    ['too large', (_request, response) => void response.end('x'.repeat(100_001)), /larger than the 100000 bytes/],
    [
      'too large once unpacked',
      (_request, response) => {
        response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(10_000_000)));
      },
      /larger than the 100000 bytes/,
    ],
    ['leading in a circle', (_request, response) => void response.writeHead(302, { location: '/' }).end(), /on and on/],
    [
      'leading to something less safe',
      (_request, response) => void response.writeHead(302, { location: 'ftp://127.0.0.1/' }).end(),
      /less safe/,
    ],
  ])('a download that is %s is an error and leaves nothing behind', async (_case, answer, reason) => {
    const { outcome, stored } = await get(answer);
    expect(outcome).toBeInstanceOf(FetchError);
    expect((outcome as Error).message).toMatch(reason);
    expect(stored).toBeNull();
  });

  test('a server that never ends is left', async () => {
    const { outcome } = await get((_request, response) => void response.write('x'), null, { seconds: 0.05 });
    expect((outcome as Error).message).toMatch(/took longer than 0.05 s/);
  });

  test('follows to another place, and keeps the first as where it is from', async () => {
    const { outcome, stored, url } = await get((request, response) => {
      if (request.url === '/there') response.end(BODY);
      else response.writeHead(301, { location: '/there' }).end();
    });
    expect(outcome).toMatchObject({ isNew: true, identity: { from: url } });
    expect(stored).toBe(BODY);
  });

  test('goes through the proxy that the environment names', async () => {
    const hosts: string[] = [];
    const proxy = createServer().on('connect', (request, client) => {
      hosts.push(String(request.url));
      const upstream = connect(Number(String(request.url).split(':')[1]), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    proxy.on('request', (request, response) => {
      hosts.push(String(request.url));
      response.end(BODY);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    vi.stubEnv('http_proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    vi.stubEnv('no_proxy', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { stored } = await get((_request, response) => response.end(BODY));
    expect(stored).toBe(BODY);
    expect(hosts).toHaveLength(1);
  });
});

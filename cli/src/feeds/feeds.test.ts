import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedState } from '@flotilla/contract/feeds';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const good: FeedState = {
  is_needed: true,
  is_absent: false,
  is_snapshot: false,
  name: 'a-feed',
  title: 'A feed',
  records: 3,
  problems: 0,
  published_at: null,
  fetched_at: '2026-01-01T00:00:00Z',
  verified_at: '2026-01-01T00:00:00Z',
  failure: null,
  held: null,
};

/** A server whose update fails; it knows one token. */
async function serve(): Promise<string> {
  const failed = { ...good, failure: { at: '2026-01-01T00:00:00Z', reason: 'the mirror has none' } };
  const refusal = { message: 'Authentication required', errors: [{ name: 'base', reason: 'Sign in first' }] };
  const answers: Record<string, object> = {
    'GET /api/v1/flotilla/feeds': { feeds: [good] },
    'POST /api/v1/flotilla/feeds/update': { feeds: [failed] },
    'POST /api/v1/flotilla/feeds/a-feed/accept': { feeds: [good] },
  };
  const server = createServer((request, response) => {
    const answer = request.headers.authorization === 'Bearer t' && answers[`${request.method} ${request.url}`];
    response.statusCode = answer ? 200 : 401;
    response.end(JSON.stringify(answer || refusal));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('shows the state as a table, and as JSON for scripts', async () => {
  const common = ['feeds', 'status', '--server-url', await serve(), '--token', 't'];
  const shown = await runCli(common);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^FEED +RECORDS.*\na-feed +3 .* ok\n$/);
  const { stdout } = await runCli([...common, '--json']);
  expect(JSON.parse(stdout)).toEqual([good]);
});

it('updates, and ends with code 1 when a feed could not be renewed', async () => {
  const { code, stdout } = await runCli(['feeds', 'update', '--server-url', `${await serve()}/`, '--token', 't']);
  expect(code).toBe(1);
  expect(stdout).toContain('failed: the mirror has none');
});

it('has held data of a feed used', async () => {
  const { code, stdout } = await runCli(['feeds', 'accept', 'a-feed', '--server-url', await serve(), '--token', 't']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^FEED +RECORDS.*\na-feed +3 .* ok\n$/);
});

it('repeats why the server refused', async () => {
  const url = await serve();
  expect(await runCli(['feeds', 'status', '--server-url', url, '--token', 'wrong'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `${url}: Authentication required: Sign in first\n`,
  });
});

it.each([
  [['feeds'], 'flotilla feeds: say what: status, update, accept, mirror, verify or snapshot\n'],
  [['feeds', 'accept', '--token', 't'], 'flotilla feeds accept: say which feed\n'],
  [['feeds', 'status'], 'flotilla feeds needs --token, or the token in FLOTILLA_TOKEN\n'],
  [
    ['feeds', 'update', '--server-url', 'nowhere', '--token', 't'],
    '--server-url: nowhere is not an address that starts with http:// or https://\n',
  ],
  [['feeds', 'update', '--frob'], "Unknown option '--frob'\n"],
])('refuses %j in one line', async (args, line) => {
  expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: line });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const document = { '@id': 'https://example.org/vex/1', version: 2, statements: [] };

/** A server that takes documents and has one. @returns its address and what was sent */
async function serve() {
  const taken: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('?cve=CVE-1999-0001')) return void response.writeHead(204).end();
    if (request.method === 'GET') return void response.end(JSON.stringify(document));
    taken.push(await json(request));
    const reason = 'No software here is this product';
    const not_applied = [{ statement: 'a', cve: 'CVE-2024-0001', product: 'pkg:npm/a\u001b[2J', reason }];
    response.end(JSON.stringify({ document: document['@id'], created: 2, kept: 1, ended: 0, not_applied }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

it('sends a document and says what became of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vex-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'vex.json');
  await writeFile(file, JSON.stringify(document));
  const { url, taken } = await serve();
  const common = ['--server-url', url, '--token', 't'];
  expect(await runCli(['vex', 'import', file, '--fleet', '2', ...common])).toEqual({
    ...{ code: 0, stderr: '' },
    stdout:
      'https://example.org/vex/1: exceptions 2 made, 1 kept, 0 ended\n' +
      'not applied: CVE-2024-0001 in pkg:npm/a [2J: No software here is this product\n',
  });
  expect(taken).toEqual([{ document, fleet_id: 2 }]);
  await writeFile(file, '{');
  expect(await runCli(['vex', 'import', file, ...common])).toMatchObject({ code: 1, stdout: '' });
});

it('prints a document, or says that there is none', async () => {
  const { url } = await serve();
  const common = ['--server-url', url, '--token', 't'];
  expect(JSON.parse((await runCli(['vex', 'export', ...common])).stdout)).toEqual(document);
  expect(await runCli(['vex', 'export', '--cve', 'CVE-1999-0001', ...common])).toEqual({
    ...{ code: 0, stdout: '', stderr: 'Nothing was found: there is no document to print\n' },
  });
});

it.each([
  [['vex'], 'flotilla vex: say what: import or export\n'],
  [['vex', 'import'], 'flotilla vex import: name a file, or - for standard input\n'],
  [['vex', 'export', '--token', 't', '--host', 'x'], '--host: x is no id\n'],
  [['vex', 'export'], 'flotilla vex needs --token, or the token in FLOTILLA_TOKEN\n'],
])('refuses %j in one line', async (args, line) => {
  expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: line });
});

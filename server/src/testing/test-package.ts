import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Package } from '@flotilla/contract/packages';
import { pack } from 'tar-stream';
import type { TestServer } from './test-server.ts';

async function tar(name: string, content: string): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name }, content);
  archive.finalize();
  return gzipSync(await buffer(archive));
}

const member = (name: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`,
    ),
    content,
    Buffer.alloc(content.length % 2, '\n'),
  ]);

/** A Debian package with one file. */
export async function buildDeb(name: string, version: string): Promise<Buffer> {
  const control = `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: x\n`;
  return Buffer.concat([
    Buffer.from('!<arch>\n'),
    member('debian-binary', Buffer.from('2.0\n')),
    member('control.tar.gz', await tar('./control', control)),
    member('data.tar.gz', await tar('./usr/share/x', version)),
  ]);
}

/** Uploads a file as a form, with fields. */
export async function upload(
  server: TestServer,
  token: string,
  { file, name = 'upload.deb', fields = {} }: { file: Buffer; name?: string; fields?: Record<string, string> },
) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('software', new Blob([new Uint8Array(file)]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/v1/fleet/software/package',
    headers: { authorization: `Bearer ${token}`, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: response.statusCode, body: response.json() };
}

/** Puts a package into the library. */
export async function addPackage(
  server: TestServer,
  token: string,
  { name, version }: { name: string; version: string },
): Promise<Package> {
  const { status, body } = await upload(server, token, { file: await buildDeb(name, version) });
  if (status !== 200) throw new Error(`upload answered ${status}: ${JSON.stringify(body)}`);
  return body.software_package;
}

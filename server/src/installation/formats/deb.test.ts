import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deb } from './deb.ts';
import { recogniseFormat } from './formats.ts';
import { BadPackage } from './package-format.ts';

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-deb-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const CONTROL =
  'Package: hello\nVersion: 1.0-1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: x\n more\n';

interface Entry {
  name: string;
  content?: string | Buffer;
  type?: 'file' | 'directory' | 'symlink' | 'link' | 'character-device';
  linkname?: string;
}

async function tar(entries: Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, content = '', type = 'file', linkname } of entries)
    archive.entry({ name, type, linkname }, content);
  archive.finalize();
  return buffer(archive);
}

const member = (name: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`,
    ),
    content,
    Buffer.alloc(content.length % 2, '\n'),
  ]);

async function build(given: { control?: string; data?: Entry[]; dataBytes?: Buffer } = {}): Promise<Buffer> {
  return Buffer.concat([
    Buffer.from('!<arch>\n'),
    member('debian-binary', Buffer.from('2.0\n')),
    member('control.tar.gz', gzipSync(await tar([{ name: './control', content: given.control ?? CONTROL }]))),
    member(
      'data.tar.gz',
      given.dataBytes ?? gzipSync(await tar(given.data ?? [{ name: './usr/bin/hello', content: 'x' }])),
    ),
  ]);
}

async function read(content: Buffer) {
  const file = join(temporary(), 'upload');
  writeFileSync(file, content);
  expect(await recogniseFormat(file)).toBe('deb');
  return deb.readMetadata(file);
}

test('metadata comes from the control file, whatever the file is called', async () => {
  expect(await read(await build())).toEqual({
    name: 'hello',
    version: '1.0-1',
    arch: 'all',
    platform: 'linux',
    source: 'deb_packages',
    sourcePackage: 'hello',
    sourceVersion: '1.0-1',
  });
  const control = CONTROL.replace('Version', 'Source: hello-src (1:0.9)\nVersion');
  expect(await read(await build({ control }))).toMatchObject({ sourcePackage: 'hello-src', sourceVersion: '1:0.9' });
});

describe.skipIf(!existsSync('/usr/bin/dpkg-deb'))('packages that dpkg-deb builds [needs dpkg: a Debian system]', () => {
  test.each(['xz', 'gzip', 'zstd', 'none'])('are read when packed with %s', async (compression) => {
    const folder = temporary();
    mkdirSync(join(folder, 'tree/DEBIAN'), { recursive: true });
    mkdirSync(join(folder, 'tree/usr/share/hello'), { recursive: true });
    writeFileSync(join(folder, 'tree/DEBIAN/control'), CONTROL);
    writeFileSync(join(folder, 'tree/usr/share/hello/text'), 'hello\n'.repeat(100_000));
    chmodSync(join(folder, 'tree/DEBIAN'), 0o755);
    execFileSync('dpkg-deb', [`-Z${compression}`, '--root-owner-group', '--build', 'tree', 'hello.deb'], {
      cwd: folder,
    });
    expect(await read(readFileSync(join(folder, 'hello.deb')))).toMatchObject({ name: 'hello', version: '1.0-1' });
  });
});

describe('what is refused', () => {
  test('anything that is no package, whatever it is called', async () => {
    const file = join(temporary(), 'hello.deb');
    for (const content of ['', '<html>', 'PK\u0003\u0004', '!<arch>\nother-file/   ']) {
      writeFileSync(file, content);
      await expect(recogniseFormat(file)).rejects.toThrow(BadPackage);
    }
  });

  test('a package that is cut off anywhere', async () => {
    const whole = await build({ data: [{ name: './a', content: Buffer.alloc(5000, 'ab cd') }] });
    for (let length = 60; length < whole.length - 1; length += 97) {
      await expect(read(whole.subarray(0, length)), `${length} bytes`).rejects.toThrow(BadPackage);
    }
  });

  test('damaged data', async () => {
    const data = gzipSync(await tar([{ name: './a', content: 'x'.repeat(1000) }]));
    for (const at of [12, 20, 30]) {
      const damaged = Buffer.from(data);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await expect(read(await build({ dataBytes: damaged }))).rejects.toThrow(BadPackage);
    }
  });

  test.each([
    [{ name: '../etc/passwd' }, 'leads out'],
    [{ name: './usr/../../etc/passwd' }, 'leads out'],
    [{ name: '/etc/passwd' }, 'leads out'],
    [{ name: './x', type: 'link', linkname: '../../etc/shadow' }, 'leads out'],
    [{ name: './dev/sda', type: 'character-device' }, 'no package needs'],
  ] as const)('a member %j', async (entry, why) => {
    await expect(read(await build({ data: [{ ...entry }] }))).rejects.toThrow(why);
  });

  test('a symbolic link that points up is as usual', async () => {
    const data: Entry[] = [{ name: './usr/lib/x', type: 'symlink', linkname: '../share/x' }];
    expect(await read(await build({ data }))).toMatchObject({ name: 'hello' });
  });

  test('a bomb, before it is unpacked whole', async () => {
    const bomb = gzipSync(await tar([{ name: './zeros', content: Buffer.alloc(300 * 1024 * 1024) }]));
    expect(bomb.length).toBeLessThan(400_000);
    await expect(read(await build({ dataBytes: bomb }))).rejects.toThrow('unpacks to more than');
  });

  test.each([
    [CONTROL.replace('hello', '"; rm -rf /; "'), 'Package'],
    [CONTROL.replace('hello', '$(id)'), 'Package'],
    [CONTROL.replace('Package: hello\n', ''), 'Package'],
    [CONTROL.replace('1.0-1', '1.0 1'), 'Version'],
    [CONTROL.replace('1.0-1', 'one'), 'Version'],
    [CONTROL.replace('all', '../x'), 'Architecture'],
    [`Source: \`id\`\n${CONTROL}`, 'Source'],
  ])('a control file that is not as Debian allows: %j', async (control, field) => {
    await expect(read(await build({ control }))).rejects.toThrow(`The field ${field} of its control file`);
  });
});

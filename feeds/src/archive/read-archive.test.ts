import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readArchive } from './read-archive.ts';

const limits = { bytes: 10_000_000, recordBytes: 1_000_000 };
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

async function read(path: string, within = limits): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name, bytes } of readArchive(path, within)) texts.set(name, Buffer.from(bytes).toString());
  return texts;
}

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'archive');
  writeFileSync(path, bytes);
  return path;
}

/** What Python's own zip library writes, by a script that fills `z`. */
function zipByPython(script: string): string {
  const path = join(temporaryFolder(), 'archive');
  const program = `import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:\n${script}`;
  execFileSync('python3', ['-c', program, path]);
  return path;
}

describe('a zip', () => {
  test('has its files, stored or deflated, in their order', async () => {
    const path = zipByPython(`  z.writestr('b.json', 'b' * 5000)\n  z.writestr('a.json', '{}', zipfile.ZIP_STORED)`);
    expect([...(await read(path))]).toEqual([
      ['b.json', 'b'.repeat(5000)],
      ['a.json', '{}'],
    ]);
  });

  test('is read where it was written as a stream, with sizes behind the files', async () => {
    const path = zipByPython(
      `  pass\nclass Out:\n  def __init__(self, f): self.f = f\n  def write(self, b): return self.f.write(b)\n  def flush(self): self.f.flush()\nwith open(sys.argv[1], 'wb') as f, zipfile.ZipFile(Out(f), 'w', zipfile.ZIP_DEFLATED) as z:\n  z.writestr('a.json', '{"id": "a"}')`,
    );
    expect([...(await read(path))]).toEqual([['a.json', '{"id": "a"}']]);
  });

  test('is read with the wide numbers that large archives have', async () => {
    const path = zipByPython(
      `  with z.open(zipfile.ZipInfo('a.json'), 'w', force_zip64=True) as f: f.write(b'{}')\n  zipfile.ZIP_FILECOUNT_LIMIT = 0\n  zipfile.ZIP64_LIMIT = 1`,
    );
    expect([...(await read(path))]).toEqual([['a.json', '{}']]);
  });

  test('of which a byte is lost or another is damaged as a whole', async () => {
    const whole = readFileSync(fixture('osv-go.zip'));
    const expected = await read(fixture('osv-go.zip'));
    for (let length = 0; length < whole.length; length += 7) {
      await expect(read(fileOf(whole.subarray(0, length)))).rejects.toThrow();
    }
    for (let place = 0; place < whole.length; place += 13) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 0xff;
      // A changed time or mark changes no content; what is delivered is either right or an error.
      const texts = await read(fileOf(changed)).catch(() => null);
      if (texts) expect([...texts.values()]).toEqual([...expected.values()]);
    }
  });

  test('that unpacks to more than allowed is refused before it is unpacked', async () => {
    const path = zipByPython(`  z.writestr('a.json', '0' * 900_000)\n  z.writestr('b.json', '0' * 900_000)`);
    await expect(read(path, { ...limits, recordBytes: 800_000 })).rejects.toThrow('a.json: it unpacks to more');
    await expect(read(path, { ...limits, bytes: 1_000_000 })).rejects.toThrow('b.json: it unpacks to more');
  });
});

describe('a tar', () => {
  async function tar(): Promise<Buffer> {
    const packing = pack();
    packing.entry({ name: 'osv', type: 'directory' });
    packing.entry({ name: 'osv/a.json' }, '{"id": "a"}');
    packing.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of packing) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }
  const files = [['osv/a.json', '{"id": "a"}']];

  test('is read as it is, and packed by zstd, gzip or xz', async () => {
    const plain = await tar();
    expect([...(await read(fileOf(plain)))]).toEqual(files);
    expect([...(await read(fileOf(zstdCompressSync(plain))))]).toEqual(files);
    for (const program of ['gzip', 'xz']) {
      expect([...(await read(fileOf(execFileSync(program, ['-c'], { input: plain }))))]).toEqual(files);
    }
  });

  test('that ends early is damaged as a whole', async () => {
    const whole = readFileSync(fixture('osv-ubuntu.tar.xz'));
    expect((await read(fixture('osv-ubuntu.tar.xz'))).size).toBe(7);
    for (let length = 0; length < whole.length - 40; length += 101) {
      await expect(read(fileOf(whole.subarray(0, length)))).rejects.toThrow();
    }
  });

  test('that unpacks to more than allowed is refused', async () => {
    await expect(read(fileOf(await tar()), { ...limits, recordBytes: 10 })).rejects.toThrow('osv/a.json: it unpacks');
  });
});

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { scopeOf } from '@flotilla/engine/matching/advisory-index';
import { type FileStamp, FORMAT, factsKey, LENGTH_DIGITS, type Trailer } from './index-format.ts';
import type { LoadedAdvisories } from './load-advisories.ts';

/** Writes compiled advisories; readers of the file see all of it or what was there before. */
export function writeIndex(path: string, advisories: LoadedAdvisories, files: readonly FileStamp[]): void {
  const temporary = `${path}.${process.pid}.part`;
  const file = openSync(temporary, 'wx', 0o644);
  try {
    writeAll(createOutput(file), advisories, files);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(output: Output, { index, told, vulnerabilities }: LoadedAdvisories, files: readonly FileStamp[]) {
  const directory: string[] = [];
  const scopes = new Set<string>();
  const block = (key: string, value: unknown) => {
    const at = output.bytes();
    const bytes = output.write(`${JSON.stringify(value)}\n`);
    directory.push(`${key}\t${at}\t${bytes}\n`);
  };
  for (const key of index.keys()) {
    scopes.add(scopeOf(key));
    block(key, index.candidates(key));
  }
  for (const vulnerability of vulnerabilities()) block(factsKey(vulnerability), told(vulnerability));
  const directoryAt = output.bytes();
  for (const line of directory) output.write(line);
  const bytes = output.bytes();
  const trailer: Trailer = {
    ...{ format: FORMAT, files, bytes, crc32: output.crc32(), directoryAt },
    scopes: [...scopes],
  };
  const length = output.write(JSON.stringify(trailer));
  output.write(String(length).padStart(LENGTH_DIGITS, '0'));
  output.flush();
}

const PIECE = 1 << 20;

type Output = ReturnType<typeof createOutput>;

/** Gathers texts into large writes, and their checksum. */
function createOutput(file: number) {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let written = 0;
  let checksum = 0;
  const flush = () => {
    const piece = Buffer.concat(waiting);
    checksum = crc32(piece, checksum);
    for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
    written += piece.length;
    waiting = [];
    waitingBytes = 0;
  };
  return {
    flush,
    bytes: () => written + waitingBytes,
    crc32: () => {
      flush();
      return checksum;
    },
    write(text: string): number {
      const bytes = Buffer.from(text);
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= PIECE) flush();
      return bytes.length;
    },
  };
}

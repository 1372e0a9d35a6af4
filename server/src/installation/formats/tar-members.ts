import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { BadPackage } from './package-format.ts';

export interface TarLimits {
  /** Bytes once unpacked. */
  mostBytes: number;
  mostMembers: number;
  /** Milliseconds. */
  within: number;
}

const KINDS = new Set(['file', 'directory', 'symlink', 'link', 'contiguous-file']);

/**
 * Walks a tar archive to its end and refuses what could be written outside of the place it is unpacked in, devices, and what
 * is more than the limits. `visit` may return how many bytes of a member it wants; it gets them with the header.
 * @throws BadPackage
 */
export async function walkTar(
  unpacked: Readable,
  limits: TarLimits,
  visit: { wants(name: string): number; take(name: string, content: Buffer): void },
): Promise<void> {
  const started = Date.now();
  let bytes = 0;
  let members = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limits.mostBytes) return done(new BadPackage(`It unpacks to more than ${limits.mostBytes} bytes`));
      if (Date.now() - started > limits.within) return done(new BadPackage('It takes too long to unpack'));
      done(null, chunk);
    },
  });
  const walk = extract();
  walk.on('entry', (header, stream, next) => {
    members += 1;
    const problem = members > limits.mostMembers ? `It has more than ${limits.mostMembers} files` : whyUnsafe(header);
    if (problem) return void walk.destroy(new BadPackage(problem));
    const name = plain(header.name);
    const most = visit.wants(name);
    const chunks: Buffer[] = [];
    let kept = 0;
    // The archive says what went wrong; without a listener the member would say it again to nobody, and end the process.
    stream.on('error', () => {});
    stream.on('data', (chunk) => {
      const { length } = chunk as Buffer;
      if (kept + length <= most) chunks.push(chunk as Buffer);
      kept += length;
    });
    stream.on('end', () => {
      if (most > 0 && kept > most) return void walk.destroy(new BadPackage(`Its member ${name} is over ${most} bytes`));
      if (most > 0) visit.take(name, Buffer.concat(chunks));
      next();
    });
  });
  try {
    await pipeline(unpacked, bounded, walk);
  } catch (error) {
    if (error instanceof BadPackage) throw error;
    throw new BadPackage(`It is truncated or damaged: ${(error as Error).message}`);
  }
}

const plain = (name: string) => name.replace(/^(?:\.\/)+/, '');

function whyUnsafe({ name, type, linkname }: Header): string | null {
  const shown = JSON.stringify(name).slice(0, 200);
  if (leadsOut(name)) return `Its member ${shown} leads out of the place it is unpacked in`;
  if (!KINDS.has(type ?? 'file')) return `Its member ${shown} is a ${type}, which no package needs`;
  // A symbolic link may point anywhere; a hard one names a member of the archive.
  if (type === 'link' && leadsOut(linkname ?? '')) return `Its member ${shown} is a link that leads out`;
  return null;
}

const leadsOut = (name: string) => name.startsWith('/') || name.split('/').includes('..');

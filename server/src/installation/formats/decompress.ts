import { Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import xz from 'xz-decompress';
import { BadPackage } from './package-format.ts';

/**
 * Unpacks by the ending of a member's name, as dpkg does.
 * @throws BadPackage for a compression that Debian no longer uses
 */
export function decompress(name: string, packed: Readable): Readable {
  const ending = name.slice(name.lastIndexOf('.'));
  switch (ending) {
    case '.tar':
      return packed;
    case '.gz':
      return through(packed, createGunzip());
    case '.zst':
      return through(packed, createZstdDecompress());
    case '.xz':
      return Readable.fromWeb(new xz.XzReadableStream(Readable.toWeb(packed) as never) as never);
    default:
      throw new BadPackage(`Its member ${name} is packed in a way that is not supported: use xz, zstd or gzip`);
  }
}

function through(packed: Readable, unpack: Transform): Readable {
  packed.once('error', (error) => unpack.destroy(error));
  unpack.once('close', () => packed.destroy());
  return packed.pipe(unpack);
}

import { open } from 'node:fs/promises';
import { deb } from './deb.ts';
import { BadPackage, type PackageFormat } from './package-format.ts';

/** Every package format; a new one is a line here. */
export const formats = { deb } satisfies Record<string, PackageFormat>;
export type FormatName = keyof typeof formats;

const HEAD_BYTES = 1024;

/**
 * The format of a file by its content.
 * @throws BadPackage when it is none of ours
 */
export async function recogniseFormat(file: string): Promise<FormatName> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    for (const [name, format] of Object.entries(formats)) if (format.recognise(head)) return name as FormatName;
  } finally {
    await handle.close();
  }
  throw new BadPackage(`This is no package that Flotilla knows by its content: ${Object.keys(formats).join(', ')}`);
}

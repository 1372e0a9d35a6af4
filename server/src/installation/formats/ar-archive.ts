import type { FileHandle } from 'node:fs/promises';
import { BadPackage } from './package-format.ts';

export const AR_MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;
/** A `.deb` has three members; signed ones a few more. */
const MOST_MEMBERS = 16;

export interface ArMember {
  name: string;
  /** Where its bytes are in the file, the end exclusive. */
  start: number;
  end: number;
}

/**
 * The members of an `ar` archive, whose bytes are all there. Format: ar(5).
 * @throws BadPackage
 */
export async function readArMembers(handle: FileHandle, size: number): Promise<ArMember[]> {
  const members: ArMember[] = [];
  let at = AR_MAGIC.length;
  while (at < size) {
    if (members.length === MOST_MEMBERS) throw new BadPackage(`It has more than ${MOST_MEMBERS} members`);
    const header = (await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, at)).buffer;
    const member = readHeader(header, at + HEADER_BYTES);
    if (member.end > size) throw new BadPackage(`It is truncated: ${member.name} ends beyond the end of the file`);
    members.push(member);
    // Members begin at even places.
    at = member.end + (member.end % 2);
  }
  return members;
}

function readHeader(header: Buffer, start: number): ArMember {
  const size = header.toString('latin1', 48, 58).trim();
  if (header.toString('latin1', 58, 60) !== '`\n' || !/^\d{1,10}$/.test(size)) {
    throw new BadPackage('It is truncated or damaged: a member has no proper header');
  }
  const name = header.toString('latin1', 0, 16).trim().replace(/\/$/, '');
  return { name, start, end: start + Number(size) };
}

/** A member of a JSON object: its name, and the bytes of its value. */
export interface Member {
  name: string;
  value: Buffer;
  /** Its own members, where it was to be split too. */
  members: Member[] | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
const [COMMA, COLON] = [0x2c, 0x3a] as const;

/**
 * Splits a JSON object into its members without reading their values, which costs a fraction of reading them; the member
 * `deep` is split in the same pass. A text that is JSON is split right; of one that is not, whoever reads the values finds out.
 * @returns null when the bytes are no such object, as far as that shows
 */
export function splitObject(bytes: Buffer, deep: string): Member[] | null {
  const split = splitAt(bytes, skipSpace(bytes, 0), deep);
  return split && skipSpace(bytes, split.end) === bytes.length ? split.members : null;
}

function splitAt(bytes: Buffer, start: number, deep: string | null): { members: Member[]; end: number } | null {
  if (bytes[start] !== OPEN_BRACE) return null;
  const members: Member[] = [];
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_BRACE) return { members, end: at + 1 };
  for (;;) {
    const read = readMember(bytes, at, deep);
    if (!read) return null;
    members.push(read.member);
    at = skipSpace(bytes, read.end);
    if (bytes[at] === CLOSE_BRACE) return { members, end: at + 1 };
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1);
  }
}

function readMember(bytes: Buffer, at: number, deep: string | null): { member: Member; end: number } | null {
  const nameEnd = bytes[at] === QUOTE ? endOfString(bytes, at) : -1;
  const colon = skipSpace(bytes, nameEnd);
  if (nameEnd < 0 || bytes[colon] !== COLON) return null;
  const name = readName(bytes.subarray(at, nameEnd));
  const start = skipSpace(bytes, colon + 1);
  const split = deep !== null && name === deep ? splitAt(bytes, start, null) : null;
  const end = split?.end ?? endOfValue(bytes, start);
  if (end <= start || name === null) return null;
  return { member: { name, value: bytes.subarray(start, end), members: split?.members ?? null }, end };
}

function readName(bytes: Buffer): string | null {
  try {
    return JSON.parse(bytes.toString('utf8')) as string;
  } catch {
    return null;
  }
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Behind the closing quote; -1 when there is none. */
function endOfString(bytes: Buffer, from: number): number {
  const { length } = bytes;
  for (let at = from + 1; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

/** Behind the value; not above `from` when it has no end. */
function endOfValue(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return endOfString(bytes, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(bytes, from);
  let at = from;
  while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== CLOSE_BRACE && !isSpace(bytes[at])) at += 1;
  return at;
}

function endOfNested(bytes: Buffer, from: number): number {
  const { length } = bytes;
  let depth = 0;
  let isText = false;
  for (let at = from; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isText = !isText;
    else if (isText) {
      if (byte === BACKSLASH) at += 1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

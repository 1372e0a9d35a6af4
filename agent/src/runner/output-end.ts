/** The end of what a script wrote, in bounded memory. */
export interface OutputEnd {
  add(chunk: Buffer): void;
  read(): KeptOutput;
}

export interface KeptOutput {
  output: string;
  cut: boolean;
}

export function createOutputEnd(mostBytes: number): OutputEnd {
  let chunks: Buffer[] = [];
  let size = 0;
  let hasMore = false;
  const shorten = () => {
    const all = Buffer.concat(chunks);
    const kept = all.subarray(Math.max(0, all.length - mostBytes));
    hasMore ||= kept.length < all.length;
    // A copy, or the whole would stay in memory.
    chunks = [Buffer.from(kept)];
    size = kept.length;
  };
  return {
    add(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > 2 * mostBytes + SLACK) shorten();
    },
    read() {
      shorten();
      const kept = keepEnd(chunks[0] ?? Buffer.alloc(0), mostBytes);
      return { output: kept.output, cut: kept.cut || hasMore };
    },
  };
}

const SLACK = 64 * 1024;

/** The end of some bytes as text that any database takes: invalid bytes are replaced, and NULs are left out. */
export function keepEnd(bytes: Buffer, mostBytes: number): KeptOutput {
  const text = endOf(bytes, mostBytes).toString('utf8').replaceAll('\0', '');
  // What replaces an invalid byte is longer than it was.
  const output = endOf(Buffer.from(text), mostBytes).toString('utf8');
  return { output, cut: output.length < text.length || bytes.length > mostBytes };
}

/** Not more than so many bytes from the end, and no part of a character. */
function endOf(bytes: Buffer, most: number): Buffer {
  let start = Math.max(0, bytes.length - most);
  if (start > 0) for (let skipped = 0; skipped < 3 && isInside(bytes[start]); skipped += 1) start += 1;
  return bytes.subarray(start);
}

const isInside = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

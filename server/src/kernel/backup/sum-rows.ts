import { hash } from 'node:crypto';

const NEWLINE = 10;
const LANES = 8;

/** A sum over rows of text that does not depend on their order. */
export interface RowSum {
  /** Chunks need not end with a row. */
  take(chunk: Buffer): void;
  /** Of all rows so far, each of which ended. */
  digest(): string;
}

/** Adds up the SHA-256 of each row, in lanes of 32 bits. */
export function createRowSum(): RowSum {
  const sum = new Uint32Array(LANES);
  let begun: Buffer = Buffer.alloc(0);
  const add = (row: Buffer) => {
    const hashed = hash('sha256', row, 'buffer');
    for (let lane = 0; lane < LANES; lane += 1) sum[lane] = (sum[lane] ?? 0) + hashed.readUInt32LE(lane * 4);
  };
  return {
    take(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        const rest = chunk.subarray(from, at);
        add(begun.length > 0 ? Buffer.concat([begun, rest]) : rest);
        begun = Buffer.alloc(0);
        from = at + 1;
      }
      if (from < chunk.length) begun = Buffer.concat([begun, chunk.subarray(from)]);
    },
    digest: () => Buffer.from(sum.buffer).toString('hex'),
  };
}

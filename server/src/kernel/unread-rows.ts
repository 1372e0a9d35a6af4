import type { Row } from './host-queries.ts';

/** Rows as they came, in JSON. They are read when somebody asks for them: those of an answer that came before are never. */
export class UnreadRows {
  readonly bytes: Buffer;
  #rows: Row[] | null = null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** @throws UnreadableRows when they are no list in JSON */
  get rows(): Row[] {
    this.#rows ??= read(this.bytes);
    return this.#rows;
  }
}

/** What a host sent as rows is none. */
export class UnreadableRows extends Error {}

function read(bytes: Buffer): Row[] {
  try {
    const rows: unknown = JSON.parse(bytes.toString('utf8'));
    if (Array.isArray(rows)) return rows as Row[];
  } catch {
    // Said below.
  }
  throw new UnreadableRows('rows are not a list in JSON');
}

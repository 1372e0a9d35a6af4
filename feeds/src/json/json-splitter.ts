/** A value cut out of a document: the keys and places that lead to it, and its bytes. */
export interface JsonPiece {
  path: readonly string[];
  bytes: Uint8Array;
}

/** The document is damaged, or one of its pieces is larger than allowed. */
export class JsonDamage extends Error {}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const isOpening = (byte: number) => byte === OPEN_OBJECT || byte === OPEN_ARRAY;
/** What a value that holds no others begins with: a minus, a digit, or true, false, null. */
const isScalarStart = (byte: number) =>
  byte === 45 || (byte >= 48 && byte <= 57) || byte === 116 || byte === 102 || byte === 110;
const isClosing = (byte: number) => byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;

/** An object or array that is walked through and not cut out. */
interface Container {
  closing: number;
  count: number;
  key: string | null;
}

type Expected = 'value' | 'first' | 'key' | 'colon' | 'after' | 'end';

/**
 * Cuts a JSON document of any length, given in chunks, into the values at a depth (and the shallower ones that hold no
 * others), in memory bounded by the largest piece. The walk down to that depth is checked here; what is inside of a piece is
 * left to whoever parses it. Scanning bytes is an order of magnitude faster than parsers that emit events.
 */
export class JsonSplitter {
  readonly #depth: number;
  readonly #largestPiece: number;
  readonly #open: Container[] = [];
  #expected: Expected = 'value';
  /** The piece being cut: what is known of it from earlier chunks, how deep in it we are, and whether in a text. */
  #piece: { isKey: boolean; parts: Uint8Array[]; size: number } | null = null;
  #nesting = 0;
  #isInText = false;
  #isEscaped = false;
  #isScalar = false;

  constructor({ depth, largestPiece }: { depth: number; largestPiece: number }) {
    this.#depth = depth;
    this.#largestPiece = largestPiece;
  }

  /**
   * Takes the next chunk; the pieces that end in it may share its memory.
   * @throws JsonDamage
   */
  push(chunk: Uint8Array): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let at = 0;
    while (at < chunk.length) at = this.#piece ? this.#cut(chunk, at, pieces) : this.#walk(chunk, at);
    return pieces;
  }

  /**
   * The last piece, if the document is a bare number.
   * @throws JsonDamage when the document is not complete
   */
  end(): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    if (this.#piece && this.#isScalar && this.#open.length === 0) this.#finish(new Uint8Array(), pieces);
    if (this.#expected !== 'end') throw new JsonDamage('the document ends in its middle');
    return pieces;
  }

  /** One byte outside of pieces; answers where to go on. */
  #walk(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number;
    if (isSpace(byte)) return at + 1;
    const inside = this.#open.at(-1);
    if (inside && byte === inside.closing && (this.#expected === 'first' || this.#expected === 'after')) {
      this.#open.pop();
      this.#afterValue();
    } else if (inside && byte === COMMA && this.#expected === 'after') {
      this.#expected = inside.closing === CLOSE_OBJECT ? 'key' : 'value';
    } else if (byte === COLON && this.#expected === 'colon') {
      this.#expected = 'value';
    } else {
      return this.#begin(byte, at, inside);
    }
    return at + 1;
  }

  #begin(byte: number, at: number, inside: Container | undefined): number {
    const isInObject = inside?.closing === CLOSE_OBJECT;
    const isKey = this.#expected === 'key' || (this.#expected === 'first' && isInObject);
    const isValue = this.#expected === 'value' || (this.#expected === 'first' && !isInObject);
    if (!(isKey && byte === QUOTE) && !(isValue && (byte === QUOTE || isOpening(byte) || isScalarStart(byte)))) {
      throw new JsonDamage(`the document has ${JSON.stringify(String.fromCharCode(byte))} where it cannot be`);
    }
    if (isValue && inside && !isInObject) inside.count++;
    if (isValue && isOpening(byte) && this.#open.length < this.#depth) {
      const closing = byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
      this.#open.push({ closing, count: -1, key: null });
      this.#expected = 'first';
      return at + 1;
    }
    this.#piece = { isKey, parts: [], size: 0 };
    this.#nesting = 0;
    this.#isScalar = byte !== QUOTE && !isOpening(byte);
    return at;
  }

  /** Follows a piece to its end or that of the chunk; answers where to go on. */
  #cut(chunk: Uint8Array, start: number, pieces: JsonPiece[]): number {
    const end = this.#isScalar ? endOfScalar(chunk, start) : this.#endOfNested(chunk, start);
    if (end === -1) {
      this.#keep(chunk.slice(start));
      return chunk.length;
    }
    this.#finish(chunk.subarray(start, end), pieces);
    return end;
  }

  /** Past the byte that closes the piece, or -1 when it goes on after this chunk. */
  #endOfNested(chunk: Uint8Array, start: number): number {
    let at = start;
    while (at < chunk.length) {
      if (this.#isInText) {
        at = this.#endOfText(chunk, at);
        if (at === -1) return -1;
        if (this.#nesting === 0) return at;
        continue;
      }
      const byte = chunk[at++] as number;
      if (byte === QUOTE) this.#isInText = true;
      else if (isOpening(byte)) this.#nesting++;
      else if (isClosing(byte) && --this.#nesting === 0) return at;
    }
    return -1;
  }

  /** Past the quote that closes a text, or -1. A quote counts when an even number of backslashes stands before it. */
  #endOfText(chunk: Uint8Array, start: number): number {
    let from = start;
    if (this.#isEscaped && from < chunk.length) {
      this.#isEscaped = false;
      from++;
    }
    for (let at = from; ; ) {
      const quote = chunk.indexOf(QUOTE, at);
      const end = quote === -1 ? chunk.length : quote;
      let backslashes = 0;
      while (end - backslashes > from && chunk[end - backslashes - 1] === BACKSLASH) backslashes++;
      const isOdd = backslashes % 2 === 1;
      if (quote === -1) {
        this.#isEscaped = isOdd;
        return -1;
      }
      if (!isOdd) {
        this.#isInText = false;
        return quote + 1;
      }
      at = quote + 1;
    }
  }

  #keep(part: Uint8Array): void {
    const piece = this.#piece;
    if (!piece) return;
    piece.size += part.length;
    if (piece.size > this.#largestPiece) throw new JsonDamage(`a piece is larger than ${this.#largestPiece} bytes`);
    piece.parts.push(part);
  }

  #finish(last: Uint8Array, pieces: JsonPiece[]): void {
    this.#keep(last);
    const { isKey, parts } = this.#piece ?? { isKey: false, parts: [] };
    this.#piece = null;
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const inside = this.#open.at(-1);
    if (isKey && inside) {
      inside.key = parseKey(bytes);
      this.#expected = 'colon';
    } else {
      pieces.push({ path: this.#open.map(({ key, count }) => key ?? String(count)), bytes });
      this.#afterValue();
    }
  }

  #afterValue(): void {
    this.#expected = this.#open.length === 0 ? 'end' : 'after';
  }
}

function endOfScalar(chunk: Uint8Array, start: number): number {
  for (let at = start; at < chunk.length; at++) {
    const byte = chunk[at] as number;
    if (byte === COMMA || isClosing(byte) || isSpace(byte)) return at;
  }
  return -1;
}

function parseKey(bytes: Uint8Array): string {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as string;
  } catch {
    throw new JsonDamage('the document has a key that is no text');
  }
}

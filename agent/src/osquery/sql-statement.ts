/** One statement for the shell of osquery, or why it is none. */
export type Statement = { text: string } | { error: string };

/** What ends each kind of quote. */
const CLOSING: Record<string, string> = { "'": "'", '"': '"', '`': '`', '[': ']' };
/** As SQLite has them. */
const SPACES = ' \t\n\f\r';
/** The shell waits for `END` after `CREATE TRIGGER`, and nothing that changes anything is a query. */
const READS = /^(explain (query plan )?)?(select|with|values)\b/i;

/**
 * Makes foreign text a single statement that the shell takes as one: without comments, on one line outside of quotes, and
 * ended. Text that starts with a dot, that goes on after its end or that never ends is refused, and so is whatever does not
 * read: the shell would take it for a command, or wait for more. One pass, whatever the text.
 */
export function toStatement(sql: string): Statement {
  const kept: string[] = [];
  let hasText = false;
  let isEnded = false;
  for (let at = 0; at < sql.length; ) {
    const piece = pieceAt(sql, at);
    if ('error' in piece) return piece;
    at = piece.end;
    if (piece.kind === 'end') isEnded = hasText;
    else if (piece.kind === 'space') kept.push(' ');
    else if (isEnded) return { error: 'more than one statement in a query' };
    else {
      kept.push(piece.text);
      hasText = true;
    }
  }
  const text = kept.join('').trim();
  if (text === '') return { error: 'an empty query' };
  if (!READS.test(text.slice(0, 100).replace(/ +/g, ' '))) {
    return { error: `near "${text.split(/\s/, 1)[0]?.slice(0, 40)}": a query starts with SELECT, WITH or VALUES` };
  }
  return { text: `${text};` };
}

type Piece = { kind: 'space' | 'end' | 'text'; end: number; text: string } | { error: string };

function pieceAt(sql: string, at: number): Piece {
  const character = sql.charAt(at);
  const next = sql.charAt(at + 1);
  if (character === '\0') return { error: 'a NUL character in a query' };
  if (character === ';') return { kind: 'end', end: at + 1, text: '' };
  if (character === '-' && next === '-') return { kind: 'space', end: after(sql, '\n', at), text: '' };
  if (character === '/' && next === '*') return { kind: 'space', end: after(sql, '*/', at + 2), text: '' };
  if (SPACES.includes(character)) return { kind: 'space', end: at + 1, text: '' };
  const closing = CLOSING[character];
  if (closing === undefined) return { kind: 'text', end: at + 1, text: character };
  // A doubled quote is two quoted texts side by side here, and comes out as it went in.
  const end = sql.indexOf(closing, at + 1);
  if (end < 0) return { error: `unrecognized token: a ${character} that is never closed` };
  const text = sql.slice(at, end + 1);
  return text.includes('\0') ? { error: 'a NUL character in a query' } : { kind: 'text', end: end + 1, text };
}

/** The place after the next occurrence of a text; the end when there is none. */
function after(sql: string, text: string, from: number): number {
  const found = sql.indexOf(text, from);
  return found < 0 ? sql.length : found + text.length;
}

/**
 * Rows of comma-separated values (RFC 4180), as records by the names in the first row.
 * @throws when a quoted value does not end, or a row is longer than allowed
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  longestRow: number,
): AsyncGenerator<Record<string, string>> {
  let names: string[] | null = null;
  for await (const text of readRows(chunks, longestRow)) {
    const values = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
    if (names) yield Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
    else names = values;
  }
}

/** A line break inside of quotes is part of its row. */
async function* readRows(chunks: AsyncIterable<Uint8Array>, longestRow: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    let open = '';
    for (const line of lines) {
      const row = open + line;
      if (isOpen(row)) open = `${row}\n`;
      else {
        open = '';
        if (row.trim() !== '') yield row.replace(/\r$/, '');
      }
    }
    rest = open + rest;
    if (rest.length > longestRow) throw new Error(`a row is longer than ${longestRow}`);
  }
  rest += decoder.decode();
  if (isOpen(rest)) throw new Error('it ends within quotes');
  if (rest.trim() !== '') yield rest;
}

const isOpen = (row: string) => (row.match(/"/g)?.length ?? 0) % 2 === 1;

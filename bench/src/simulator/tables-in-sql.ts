/** The tables a query reads, in the order of the text; names that it defines itself with `WITH` are none. */
export function tablesInSql(sql: string): string[] {
  const text = sql.replaceAll(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').toLowerCase();
  const defined = new Set([...text.matchAll(/\b([a-z_]\w*)\s+as\s*\(\s*(?:select|with)\b/g)].map((match) => match[1]));
  const named = [...text.matchAll(/\b(?:from|join)\s+((?:[a-z_]\w*(?:\s+(?:as\s+)?[a-z_]\w*)?\s*,\s*)*[a-z_]\w*)/g)];
  const tables = named.flatMap((match) => (match[1] ?? '').split(',').map((each) => each.trim().split(/\s/)[0] ?? ''));
  return [...new Set(tables)].filter((name) => name !== '' && !defined.has(name));
}

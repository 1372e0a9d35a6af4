const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A Markdown table. */
export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The first lines of every generated page. */
export const page = (title: string, source: string, body: string[]): string =>
  `${[`# ${title}`, `<!-- Written by \`npm run reference\` from ${source}. Change that, not this page. -->`, ...body].join('\n\n')}\n`;

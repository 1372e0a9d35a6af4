/**
 * Cuts a stream of bytes at newlines and nowhere else: JSON may hold the other characters that readers of lines cut at.
 * @returns a function that takes the next chunk and returns the lines that became whole
 */
export function createLineSplitter(mostBytes = Number.POSITIVE_INFINITY): (chunk: Buffer) => string[] {
  let rest: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      rest.push(chunk.subarray(start, end));
      lines.push(Buffer.concat(rest).toString('utf8'));
      rest = [];
      size = 0;
      start = end + 1;
    }
    if (size < mostBytes) rest.push(chunk.subarray(start));
    size += chunk.length - start;
    return lines;
  };
}

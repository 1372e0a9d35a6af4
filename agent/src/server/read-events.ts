/** The events of a stream of server-sent events, by their names. A comment is one without a name: it shows life. */
export async function* readEvents(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  let name = '';
  for await (const chunk of stream) {
    const lines = (rest + chunk.toString('latin1')).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    // Nothing that we act on is long.
    if (rest.length > MOST_LINE) throw new Error('a line of the stream is too long');
    for (const line of lines) {
      if (line.startsWith(':')) yield '';
      else if (line.startsWith('event:')) name = line.slice('event:'.length).trim();
      else if (line === '' && name !== '') {
        yield name;
        name = '';
      }
    }
  }
}

const MOST_LINE = 64 * 1024;

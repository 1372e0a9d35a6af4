import { SaxesParser } from 'saxes';

/** An element without its namespace; of its text, all that stands directly in it, trimmed. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  text: string;
}

interface OpenElement extends XmlElement {
  children: XmlElement[];
}

/**
 * Every element of one name in a document, one after the other, in memory bounded by the largest of them. Names of entities and
 * files of others are never followed.
 * @throws when the document is not well formed, ends early, or an element is larger than allowed (characters)
 */
export async function* readElements(
  bytes: AsyncIterable<Uint8Array>,
  { named, largest }: { named: string; largest: number },
): AsyncGenerator<XmlElement> {
  const collector = collect(named, largest);
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    collector.write(decoder.decode(chunk, { stream: true }));
    yield* collector.take();
  }
  collector.end(decoder.decode());
  yield* collector.take();
}

function collect(named: string, largest: number) {
  const parser = new SaxesParser();
  const open: OpenElement[] = [];
  let ready: XmlElement[] = [];
  let size = 0;
  const grow = (by: number) => {
    size += by;
    if (size > largest) throw new Error(`an element is larger than ${largest}`);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const plain = name.slice(name.indexOf(':') + 1);
    if (open.length === 0 && plain !== named) return;
    const element = { name: plain, attributes, children: [], text: '' };
    grow(plain.length + Object.values(attributes).reduce((sum, value) => sum + value.length, 0));
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (!element) return;
    grow(text.length);
    element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    element.text = element.text.trim();
    if (open.length > 0) return;
    ready.push(element);
    size = 0;
  });
  return {
    write: (text: string) => void parser.write(text),
    end: (text: string) => void parser.write(text).close(),
    take(): XmlElement[] {
      const taken = ready;
      ready = [];
      return taken;
    },
  };
}

/** The elements directly inside of one, of a name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** All elements of a name inside of one, however deep. */
export const descendantsOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)]);

/** The text of the first element of a name, however deep; empty where there is none. */
export const textIn = (element: XmlElement, name: string): string => descendantsOf(element, name)[0]?.text ?? '';

import type { FeedFiles } from '../feed.ts';

export interface NamedDocument {
  /** Where it stands, for problems. */
  record: string;
  value: unknown;
}

/**
 * JSON documents out of an archive of files, or one after the other, each beginning a line with its brace.
 * @throws when one is no JSON, or there is none
 */
export async function* readDocuments(
  files: FeedFiles,
  { name, isArchive, largest }: { name: string; isArchive: boolean; largest: number },
): AsyncGenerator<NamedDocument> {
  let count = 0;
  const texts = isArchive ? filesOf(files.openArchive(name)) : linesOf(files.open(name), largest);
  for await (const { record, text } of texts) {
    count++;
    yield { record, value: JSON.parse(text) };
  }
  if (count === 0) throw new Error('there is not one document in it');
}

interface NamedText {
  record: string;
  text: string;
}

async function* filesOf(entries: ReturnType<FeedFiles['openArchive']>): AsyncGenerator<NamedText> {
  for await (const { name, bytes } of entries) {
    if (/\/data\/\d+\/CVE-[\d-]+\.json$/.test(name)) yield { record: name, text: Buffer.from(bytes).toString() };
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<NamedText> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    const documents = rest.split(/\n(?=\{)/);
    rest = documents.pop() ?? '';
    if (rest.length > largest) throw new Error(`a document is longer than ${largest}`);
    for (const text of documents) yield { record: `document ${++line}`, text };
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield { record: `document ${++line}`, text: rest };
}

/** The parts of a package URL, decoded. */
export interface ParsedPurl {
  type: string;
  /** With slashes between its pieces; empty: none. */
  namespace: string;
  name: string;
  version: string;
  qualifiers: ReadonlyMap<string, string>;
}

/**
 * Reads a package URL by the purl specification, "How to parse a purl string in its components".
 * @returns null for what is none
 */
export function parsePurl(text: string): ParsedPurl | null {
  const [, type, rest = ''] = /^pkg:\/*([a-z][a-z0-9.+-]*)\/+([^#]*)/i.exec(text) ?? [];
  if (type === undefined) return null;
  const question = rest.indexOf('?');
  const path = question === -1 ? rest : rest.slice(0, question);
  // A name may begin with an at sign that somebody left as it is: pkg:npm/@angular/core.
  const at = path.lastIndexOf('@');
  const hasVersion = at > path.lastIndexOf('/') + 1;
  try {
    const names = (hasVersion ? path.slice(0, at) : path).split('/').filter(Boolean).map(decodeURIComponent);
    const name = names.pop();
    const version = hasVersion ? decodeURIComponent(path.slice(at + 1)) : '';
    if (name === undefined) return null;
    const qualifiers = new Map(
      question === -1
        ? []
        : rest
            .slice(question + 1)
            .split('&')
            .map(toQualifier),
    );
    return { type: type.toLowerCase(), namespace: names.join('/'), name, version, qualifiers };
  } catch {
    // An escape that is none.
    return null;
  }
}

function toQualifier(text: string): [string, string] {
  const [key = '', ...value] = text.split('=');
  return [key.toLowerCase(), decodeURIComponent(value.join('='))];
}

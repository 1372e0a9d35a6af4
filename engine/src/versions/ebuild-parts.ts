import type { Unparsable } from './scheme.ts';

/** What versions of Gentoo and Alpine are made of: `1.2a_rc3~c0ffee-r4`. An absent part is empty. */
export interface EbuildParts {
  numbers: string[];
  letter: string;
  suffixes: { name: string; number: string }[];
  hash: string;
  revision: string;
}

/** Takes a version apart; any letters may be a suffix, and whether a hash is allowed is for the scheme to say. */
export function parseEbuildParts(text: string): EbuildParts | Unparsable {
  const [withHash = '', dash, revision = ''] = cut(text, '-r');
  if (dash !== '' && !/^[0-9]+$/.test(revision)) return { problem: 'the revision is not a number' };
  const [main = '', tilde, hash = ''] = cut(withHash, '~');
  if (tilde !== '' && !/^[0-9a-f]+$/.test(hash)) return { problem: 'the commit is not a hexadecimal number' };
  const [head = '', ...tails] = main.split('_');
  const letter = /[a-z]$/.exec(head)?.[0] ?? '';
  const numbers = head.slice(0, head.length - letter.length).split('.');
  if (!numbers.every((number) => /^[0-9]+$/.test(number))) {
    return { problem: 'the version does not start with numbers and at most one lower case letter' };
  }
  const suffixes = tails.map((tail) => {
    const [, name = '', number = ''] = /^([a-z]+)([0-9]*)$/.exec(tail) ?? [];
    return { name, number };
  });
  return { numbers, letter, suffixes, hash, revision };
}

/** What stands before the first separator, the separator, and what stands after it. */
function cut(text: string, separator: string): [string, string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, '', ''] : [text.slice(0, at), separator, text.slice(at + separator.length)];
}

import type { SoftwareIdentity } from '../matching/software-identity.ts';

/** Words that many makers have in their names and nobody is known by. */
const COMMON = new Set(
  (
    'the inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh ag kg sa sas sarl srl s.r.o sro ' +
    'spol bv ab as oy oü pty pte kk ug ev project projects team foundation group authors author contributors developers ' +
    'development community organization software systems technologies technology labs studio and or its affiliates by of'
  ).split(' '),
);

/** Places where many makers keep their work: as the second part of a bundle identifier they name none. */
const HOSTS = new Set([
  'github',
  'gitlab',
  'sourceforge',
  'electron',
  'todesktop',
  'googlecode',
  'yourcompany',
  'example',
]);

/** The words that tell a maker from another. */
export function makerWords(maker: string): string[] {
  const words = maker
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' ')
    .split(/[^\p{L}\p{N}+#.&-]+|[-_]/u)
    .map((word) => word.replace(/^[.&]+|[.&]+$/g, ''))
    .filter(Boolean);
  return words.filter((word) => !COMMON.has(word));
}

/** Who made a software, in words: as its publisher says, and by its bundle identifier or the publisher of an extension. */
export function makersOf({ vendor, bundleIdentifier, source, name }: SoftwareIdentity): string[][] {
  const [, owner = ''] = bundleIdentifier.toLowerCase().split('.');
  const publisher = source === 'vscode_extensions' ? (name.split('.')[0] ?? '') : '';
  return [makerWords(vendor), HOSTS.has(owner) ? [] : [owner], makerWords(publisher)].filter(
    (words) => words.join('') !== '',
  );
}

/** Whether a vendor of vulnerability data is one of the makers: their words are its words, or begin with them. */
export function isMadeBy(vendor: string, makers: readonly (readonly string[])[]): boolean {
  const wanted = makerWords(vendor).join('');
  if (wanted === '') return false;
  return makers.some((words) => words.some((_word, place) => words.slice(0, place + 1).join('') === wanted));
}

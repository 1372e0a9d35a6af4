/** Marks of builds and packagings, which say nothing of the product. */
const ARCHITECTURE =
  /^(?:x64|x86|x86_64|x86-64|amd64|arm64|aarch64|ia64|i[36]86|win(?:32|64)|(?:32|64)[- ]?bits?|universal)$/;
const LANGUAGE = /^[a-z]{2}-[a-z]{2}$/;
const VERSION = /^(?:v|version|release|ver\.?)?\d+\.[\dx][-_.+a-z0-9]*$/;
const BRACKETED = /[([{（【]([^()[\]{}（）【】]*)[)\]}）】]/g;
/** Another channel is another product, also when a bracket says so. */
const CHANNEL = /\b(?:alpha|beta|canary|dev|nightly|preview|pre-release|snapshot|eap|unstable|insiders?|rc)\b/;

/**
 * The words of a name without what is no part of it: versions with dots, architectures, languages, what stands in
 * brackets, marks of trade. In lower case.
 */
export function cleanWords(name: string, version: string): string[] {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[®™©]|\((?:r|tm|c)\)/g, '')
    .replace(/\.(?:app|exe|msi)$/, '')
    // A formula of Homebrew for one series: openssl@3.
    .replace(/@[\d.]+$/, '')
    .replace(BRACKETED, (_, inside: string) => (CHANNEL.test(inside) ? ` ${inside} ` : ' '));
  const words = plain.split(/[\s,;]+/).filter((word) => word !== '' && word !== '-' && word !== '–');
  const kept = words.filter(
    (word, place) =>
      !ARCHITECTURE.test(word) && !LANGUAGE.test(word) && !VERSION.test(word) && (place === 0 || word !== version),
  );
  while (kept.length > 1 && /^(?:version|release|ver\.?|v)$/.test(kept.at(-1) ?? '')) kept.pop();
  return kept;
}

/** A name down to what two spellings of it share: letters, digits and the signs that tell products apart. */
export const squeeze = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]/gu, '');

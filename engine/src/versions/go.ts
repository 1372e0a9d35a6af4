import { comparePrecedence, type SemanticVersion } from './precedence.ts';
import type { Unparsable, VersionScheme } from './scheme.ts';
import { readIdentifiers } from './semver.ts';

const number = '(0|[1-9][0-9]*)';
const identifiers = '([0-9A-Za-z.-]+)';
const moduleForm = new RegExp(
  `^v?${number}(?:\\.${number}(?:\\.${number}(?:-${identifiers})?(?:\\+${identifiers})?)?)?$`,
);
const toolchainForm = new RegExp(`^${number}(?:\\.${number}(?:\\.${number}|([a-z]+)${number}?)?)?$`);

/**
 * Versions of Go modules, and of Go itself as its releases are called (`go1.21rc2`) or as advisories write them
 * (`1.21.0-rc.2`). The order is the one of golang.org/x/mod/semver, which has pseudo-versions in their place and ignores
 * `+incompatible`; the `v` is optional, because OSV leaves it out. Releases of Go get the semantic version that Go's own
 * vulnerability database gives them: `go1.21` is 1.21.0, though to the go command it is a language version before it.
 */
export const go: VersionScheme<SemanticVersion> = { parse, compare: comparePrecedence };

function parse(text: string): SemanticVersion | Unparsable {
  // A toolchain of one's own has its name behind a hyphen, which says nothing of its age: go.dev/doc/toolchain.
  if (text.startsWith('go')) return parseToolchain(text.slice(2).split('-', 1)[0] ?? '');
  const [, major, minor = '0', patch = '0', prerelease, build] = moduleForm.exec(text) ?? [];
  if (major === undefined) return parseToolchain(text);
  const found = readIdentifiers(prerelease, build);
  return 'problem' in found ? found : { release: [major, minor, patch], prerelease: found.prerelease };
}

function parseToolchain(text: string): SemanticVersion | Unparsable {
  const [, major, minor = '0', patch = '0', kind, candidate] = toolchainForm.exec(text) ?? [];
  if (major === undefined) return { problem: 'this is neither a semantic version nor the name of a Go release' };
  const prerelease = [kind, candidate].filter((identifier) => identifier !== undefined);
  return { release: [major, minor, patch], prerelease };
}

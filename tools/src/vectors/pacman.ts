import { writeVectors } from './ecosystem-vectors.ts';

/** Needs libalpm 13, the package libalpm13; it answers any text. */
const asker = `
import ctypes, sys
alpm = ctypes.CDLL('libalpm.so.13')
for line in sys.stdin:
    a, b = line.rstrip('\\n').encode().split(b'\\t')
    order = alpm.alpm_pkg_vercmp(a, b or a)
    print('<' if order < 0 else '=' if order == 0 else '>')
`;

/** What PKGBUILD(5) allows, but for a separator at the end of the version, which has no transitive order in libalpm. */
const ordered = /^(?:[0-9]+:)?[!-,.0-9;-~]*[A-Za-z0-9]-[0-9]+(?:\.[0-9]+)?$/;

const pieces =
  '. .. _ + ~ : - 0 00 1 9 10 a b Z .a .r12 .g1a2b a1 rc rc1 _rc1 p1 1: 2: -2 -1.1 .1 +3+gabc 99999999999999999999';

writeVectors(
  {
    scheme: 'pacman',
    pieces: pieces.split(' '),
    command: ['python3', '-c', asker],
    isLeftOut: (text) => text !== '' && !ordered.test(text),
  },
  process.argv[2],
);

import { writeVectors } from './ecosystem-vectors.ts';

/** Needs `portage`, by PYTHONPATH or installed. */
const asker = `
import sys
from portage.versions import vercmp, ververify
for line in sys.stdin:
    a, b = line.rstrip('\\n').split('\\t')
    if not ververify(a) or b and not ververify(b):
        print('!')
    else:
        order = vercmp(a, b or a)
        print('<' if order < 0 else '=' if order == 0 else '>')
`;

const pieces =
  '. _ - 0 00 1 9 10 a b z .0 .01 .010 .1 _alpha _beta _pre _rc _p _alpha1 _pre2 _rc1 _p1 _p0 _p20240101 -r0 -r1 -r01 -r10 ' +
  '_git ~ + 99999999999999999999';

writeVectors({ scheme: 'portage', pieces: pieces.split(' '), command: ['python3', '-c', asker] }, process.argv[2]);

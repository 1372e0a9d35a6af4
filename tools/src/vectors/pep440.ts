import { writeVectors } from './ecosystem-vectors.ts';

/** Needs `packaging`, by PYTHONPATH or installed. */
const asker = `
import sys
from packaging.version import InvalidVersion, Version
for line in sys.stdin:
    a, b = line.rstrip('\\n').split('\\t')
    try:
        first, second = Version(a), Version(b or a)
        print('<' if first < second else '=' if first == second else '>')
    except InvalidVersion:
        print('!')
`;

const pieces =
  '. - _ + ! 0 00 1 9 10 v .0 a B rc c dev .dev1 .post1 r -1 post a1 alpha BETA2 pre preview 1! +local ' +
  '+1.a +ubuntu-1 .rev2 rc10';

writeVectors(
  {
    scheme: 'pep440',
    pieces: pieces.split(' '),
    command: ['python3', '-c', asker],
  },
  process.argv[2],
);

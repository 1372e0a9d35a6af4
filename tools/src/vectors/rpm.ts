import { writeVectors } from './ecosystem-vectors.ts';

/** Needs Python's bindings of rpm, the package python3-rpm. A version is what a package can be built with. */
const asker = `
import functools, rpm, sys, tempfile
rpm.setVerbosity(rpm.RPMLOG_EMERG)

@functools.cache
def valid(text):
    epoch, colon, rest = text.rpartition(':') if text.count(':') == 1 else ('0', '', text)
    version, hyphen, release = rest.rpartition('-')
    tags = {'Name': 'x', 'Summary': 'x', 'License': 'x', 'Epoch': epoch}
    tags |= {'Version': version, 'Release': release} if hyphen else {'Version': rest, 'Release': '1'}
    with tempfile.NamedTemporaryFile('w', suffix='.spec') as file:
        file.writelines(f'{tag}: {value}\\n' for tag, value in tags.items())
        file.write('%description\\n')
        file.flush()
        try:
            rpm.spec(file.name)
            return True
        except ValueError:
            return False

for line in sys.stdin:
    a, b = line.rstrip('\\n').split('\\t')
    if not valid(a) or b and not valid(b):
        print('!')
    else:
        first, second = rpm.ver(a), rpm.ver(b or a)
        print('<' if first < second else '=' if first == second else '>')
`;

const pieces =
  '~ ^ + - . _ : 0 00 1 9 10 a Z b1 ~~ ~rc1 ^git1 ^2024 .el8 .el9_2 .module+el8 -1 -0 1: 2: .0 .. a-b * 99999999999999999999';

writeVectors({ scheme: 'rpm', pieces: pieces.split(' '), command: ['python3', '-c', asker] }, process.argv[2]);

import { writeVectors } from './ecosystem-vectors.ts';

/** Needs composer/semver, in PHP's include path as Debian's package puts it there. */
const asker = `
require 'Composer/Semver/autoload.php';
$parser = new Composer\\Semver\\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = explode("\\t", rtrim($line, "\\n"));
    try {
        $first = $parser->normalize($a);
        $second = $parser->normalize($b === '' ? $a : $b);
    } catch (UnexpectedValueException $e) {
        echo "!\\n";
        continue;
    }
    $isBranch = str_starts_with($first, 'dev-') || str_starts_with($second, 'dev-');
    echo $isBranch ? '!' : ['<', '=', '>'][version_compare($first, $second) + 1], "\\n";
}
`;

const pieces =
  '. - _ + 0 00 1 9 10 v .0 -dev dev -beta1 -RC2 alpha b3 .a.1 -p1 -pl2 patch3 -stable .x .x-dev .* 20 ' +
  '-beta.1-2 +meta rc p 2010-01-02 20100102 dev- master -beta2-dev 12345';

writeVectors(
  {
    scheme: 'packagist',
    pieces: pieces.split(' '),
    command: ['php', '-r', asker],
    // version_compare loses what a number has beyond 63 bits.
    isLeftOut: (text) => /\d{19}/.test(text),
  },
  process.argv[2],
);

import { writeVectors } from './ecosystem-vectors.ts';

/** Leaves out pairs where Maven contradicts itself: by way of their common beginning, it has them the other way round. */
const asker = `
import java.io.*;
import org.apache.maven.artifact.versioning.ComparableVersion;

class Asker {
  public static void main(String[] args) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = lines.readLine()) != null; ) {
      String[] pair = line.split("\\t", -1);
      int order = compare(pair[0], pair[1]);
      System.out.println(isCircular(pair[0], pair[1], order) ? "!" : order < 0 ? "<" : order == 0 ? "=" : ">");
    }
  }

  static int compare(String a, String b) {
    return Integer.signum(new ComparableVersion(a).compareTo(new ComparableVersion(b)));
  }

  static boolean isCircular(String a, String b, int order) {
    for (int end = 0; end <= Math.min(a.length(), b.length()); end++) {
      String start = a.substring(0, end);
      if (!b.startsWith(start)) return false;
      int first = compare(a, start), second = compare(start, b);
      if (first + second != 0 && first * second >= 0 && Integer.signum(first + second) != order) return true;
    }
    return false;
  }
}
`;

const pieces =
  '. - _ + 0 00 1 9 10 .0 a Z b2 -SNAPSHOT .Final -rc1 .CR2 -sp .RELEASE -M1 alpha -beta-2 m3 -1 .jre8 ' +
  '-jre .v20160414 -ga 99999999999999999999';

writeVectors(
  {
    scheme: 'maven',
    pieces: pieces.split(' '),
    command: ['java', '-cp', process.argv[3] ?? '', 'Asker.java'],
    sources: { 'Asker.java': asker },
  },
  process.argv[2],
);

import { readFileSync } from 'node:fs';
import { writeVectors } from './ecosystem-vectors.ts';

/** Of NuGet.Versioning for .NET Standard 2.0, which Mono finds beside the program. */
const asker = `
using System;
using NuGet.Versioning;

class Asker {
  static void Main() {
    for (string line; (line = Console.ReadLine()) != null; ) {
      string[] pair = line.Split('\\t');
      NuGetVersion a, b;
      bool isValid = NuGetVersion.TryParse(pair[0], out a) & NuGetVersion.TryParse(pair[1] == "" ? pair[0] : pair[1], out b);
      int order = isValid ? VersionComparer.VersionRelease.Compare(a, b) : 0;
      Console.WriteLine(!isValid ? "!" : order < 0 ? "<" : order == 0 ? "=" : ">");
    }
  }
}
`;

const pieces =
  '. - + 0 00 1 9 10 v .0 01 a Z A -rc.1 -alpha -ALPHA rc1 beta.2 -preview.7.23375.6 .1 .2.3 -0 -- --5 +metadata ' +
  '+1.001 2147483647 2147483648 -20240101120000 .99999999999';

writeVectors(
  {
    scheme: 'nuget',
    pieces: pieces.split(' '),
    command: ['mono', 'Asker.exe'],
    sources: { 'NuGet.Versioning.dll': readFileSync(process.argv[3] ?? ''), 'Asker.cs': asker },
    build: ['mcs', '-r:NuGet.Versioning.dll', '-r:Facades/netstandard.dll', 'Asker.cs'],
  },
  process.argv[2],
);

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeVectors } from './ecosystem-vectors.ts';

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

/** Makes a program of NuGet.Versioning for .NET Standard 2.0, for Mono, which finds the library beside it. */
function makeAsker(library: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'vectors-'));
  copyFileSync(library, join(directory, 'NuGet.Versioning.dll'));
  writeFileSync(join(directory, 'Asker.cs'), asker);
  const references = ['-r:NuGet.Versioning.dll', '-r:Facades/netstandard.dll'];
  execFileSync('mcs', [...references, 'Asker.cs'], { cwd: directory });
  return directory;
}

const pieces =
  '. - + 0 00 1 9 10 v .0 01 a Z A -rc.1 -alpha -ALPHA rc1 beta.2 -preview.7.23375.6 .1 .2.3 -0 -- --5 +metadata ' +
  '+1.001 2147483647 2147483648 -20240101120000 .99999999999';

writeVectors(
  {
    scheme: 'nuget',
    pieces: pieces.split(' '),
    command: ['mono', 'Asker.exe'],
    directory: makeAsker(process.argv[3] ?? ''),
  },
  process.argv[2],
);

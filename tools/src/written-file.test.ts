import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withTree } from './temporary-tree.ts';
import { compareFiles } from './written-file.ts';

it('names files that are missing or differ, with the first line that does', async () => {
  const files = { 'same.md': 'a\nb\n', 'other.md': 'a\nb\nc\n', 'short.md': 'a\n' };
  const problems = await withTree(files, (folder) =>
    compareFiles(
      [
        { path: join(folder, 'same.md'), text: 'a\nb\n' },
        { path: join(folder, 'other.md'), text: 'a\nX\nc\n' },
        { path: join(folder, 'short.md'), text: 'a\nb\n' },
        { path: join(folder, 'gone.md'), text: 'a\n' },
      ],
      'npm run it',
    ),
  );
  expect(problems.map((problem) => problem.replace(/^.*\//, ''))).toEqual([
    'other.md: line 2 is "b" and should be "X"; run npm run it',
    'short.md: line 2 is "" and should be "b"; run npm run it',
    'gone.md: is missing; run npm run it',
  ]);
});

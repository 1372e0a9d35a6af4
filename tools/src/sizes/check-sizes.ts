import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../files.ts';
import { measureFunctions } from './measure-functions.ts';

const roots = ['bin', 'contract', 'engine', 'feeds', 'server', 'agent', 'cli', 'web', 'e2e', 'bench', 'tools'];
const generated = new Set(['server/src/database.ts']);
const limits = { file: 400, testFile: 600, functionLines: 60, parameters: 3 };

const isTest = (path: string) => /\.test\.[jt]sx?$/.test(path);

export interface Sizes {
  problems: string[];
  files: { path: string; lines: number }[];
}

/** Measures every source file below `folder` and says what is above the limits. */
export function checkSizes(folder: string): Sizes {
  const files = roots
    .flatMap((root) => filesBelow(join(folder, root), /\.(?:ts|tsx|js|mjs|cjs)$/))
    .map((path) => path.slice(folder.length + 1))
    .filter((path) => !generated.has(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
  return {
    problems: files.flatMap(({ path, text }) => [...fileTooLong(path, text), ...functionsTooBig(path, text)]),
    files: files.map(({ path, text }) => ({ path, lines: linesOf(text) })),
  };
}

const linesOf = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

function fileTooLong(path: string, text: string): string[] {
  const limit = isTest(path) ? limits.testFile : limits.file;
  return linesOf(text) > limit ? [`${path}: ${linesOf(text)} lines, the limit is ${limit}`] : [];
}

/** Blocks of tests are chapters, and their parameters are the columns of a table of cases. */
function functionsTooBig(path: string, text: string): string[] {
  const functions = measureFunctions(path, text).filter((each) => !each.isTestBlock);
  return functions.flatMap(({ name, line, lines, parameters }) => {
    const place = `${path}:${line}: ${name} has`;
    return [
      ...(lines > limits.functionLines ? [`${place} ${lines} lines, the limit is ${limits.functionLines}`] : []),
      ...(parameters > limits.parameters
        ? [`${place} ${parameters} parameters, the limit is ${limits.parameters}`]
        : []),
    ];
  });
}

/** The median, the ninetieth percentile and the ten largest files. */
export function describeSizes(files: Sizes['files']): string[] {
  const sorted = files.toSorted((a, b) => a.lines - b.lines || (a.path < b.path ? -1 : 1));
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;
  const largest = sorted.slice(-10).reverse();
  return [
    `${files.length} files, median ${at(0.5)} lines, p90 ${at(0.9)}; the largest:`,
    ...largest.map(({ path, lines }) => `  ${String(lines).padStart(4)}  ${path}`),
  ];
}

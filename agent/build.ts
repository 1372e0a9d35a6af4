import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

// The agent as plain JavaScript, file by file: a Node that strips types itself keeps a compiler in memory for good.

const sources = join(import.meta.dirname, 'src');
const dist = join(import.meta.dirname, 'dist');

rmSync(dist, { recursive: true, force: true });
for (const path of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.ts') || path.endsWith('.test.ts') || dirname(path) === 'testing') continue;
  const output = join(dist, path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, toJavaScript(path));
}

function toJavaScript(path: string): string {
  const { outputText } = ts.transpileModule(readFileSync(join(sources, path), 'utf8'), {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2024,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  const { importedFiles } = ts.preProcessFile(outputText);
  const foreign = importedFiles.map(({ fileName }) => fileName).filter((name) => !/^(?:node:|\.)/.test(name));
  // Packages and the other rooms are TypeScript, or large: the agent has their types only.
  if (foreign.length > 0) throw new Error(`agent/src/${path} must import types only from ${foreign.join(', ')}`);
  return outputText;
}

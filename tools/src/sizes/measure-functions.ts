import ts from 'typescript';

export interface FunctionSize {
  name: string;
  line: number;
  lines: number;
  parameters: number;
  /** The function given to `describe`, `it` and their like, which is a chapter of a test and no unit of thought. */
  isTestBlock: boolean;
}

const testBlocks = new Set([
  'describe',
  'describeWith',
  'it',
  'test',
  'suite',
  'beforeAll',
  'beforeEach',
  'afterAll',
  'afterEach',
  'onTestFinished',
]);

/** Every function with a body in a TypeScript or JavaScript file. */
export function measureFunctions(path: string, text: string): FunctionSize[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : undefined;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: FunctionSize[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) {
      const line = lineOf(node.getStart(source));
      found.push({
        name: nameOf(node),
        line,
        lines: lineOf(node.getEnd()) - line + 1,
        parameters: node.parameters.filter((each) => each.name.getText(source) !== 'this').length,
        isTestBlock: isTestBlock(node),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type AnyFunction = ts.FunctionLikeDeclaration & { body: ts.Node };

const isFunction = (node: ts.Node): node is AnyFunction =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

function nameOf(node: AnyFunction): string {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && parent.name)
    return parent.name.getText();
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  return 'a function without a name';
}

/** `it(…)`, `it.each(…)(…)`, `describe.skipIf(…)(…)`: the first word decides. */
function isTestBlock(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent) || node.parent.expression === node) return false;
  let callee: ts.Node = node.parent.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return false;
  }
  return testBlocks.has(callee.text);
}

import ts from 'typescript';
import { UNKNOWN, type Write, writesInSql } from './writes-in-sql.ts';

/** A write in a program, with the line it stands on. */
export interface PlacedWrite extends Write {
  line: number;
}

const builderCalls = new Map([
  ['insertInto', 'insert into'],
  ['replaceInto', 'insert into'],
  ['updateTable', 'update'],
  ['deleteFrom', 'delete from'],
  ['mergeInto', 'merge into'],
]);

/** The writes of a TypeScript file: in templates tagged `sql`, in `sql.raw` and through the query builder. */
export function writesInTypescript(path: string, text: string): PlacedWrite[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const constants = constantsOf(source);
  const writes: PlacedWrite[] = [];
  const add = (node: ts.Node, found: Write[]) => {
    for (const write of found) writes.push({ ...write, line: lineOf(source, node.getStart(source) + write.at) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && isSql(node.tag)) {
      add(node.template, writesInSql(textOf(node.template, constants)));
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const verb = builderCalls.get(name.text);
      const argument = node.arguments[0];
      if (verb && argument) add(name, [{ verb, target: tableNamed(argument), at: 0 }]);
      if (name.text === 'raw' && isSql(expression) && argument) add(argument, writesInSql(textOf(argument, constants)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return writes;
}

const lineOf = (source: ts.SourceFile, position: number) => source.getLineAndCharacterOfPosition(position).line + 1;

/** `sql`, or `sql<Row>`, which the parser gives as the same tag. */
const isSql = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === 'sql') || (ts.isExpressionWithTypeArguments(node) && isSql(node.expression));

/** `'schema.table as alias'` → `schema.table`. */
function tableNamed(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text.split(/\s/)[0] ?? null;
  if (!ts.isTemplateExpression(node)) return null;
  return /^\w+\./.test(node.head.text) ? `${node.head.text}${UNKNOWN}` : null;
}

/** Constants of the file by name, for fragments that are put together. */
function constantsOf(source: ts.SourceFile): Map<string, ts.Expression> {
  const found = new Map<string, ts.Expression>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      found.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The SQL that an expression stands for, as far as the file alone says it. */
function textOf(node: ts.Expression | ts.TemplateLiteral, constants: Map<string, ts.Expression>, depth = 0): string {
  if (depth > 5) return UNKNOWN;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map((span) => textOf(span.expression, constants, depth + 1) + span.literal.text);
    return node.head.text + spans.join('');
  }
  if (ts.isTaggedTemplateExpression(node) && isSql(node.tag)) return textOf(node.template, constants, depth + 1);
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    isSql(node.expression.expression)
  ) {
    const argument = node.arguments[0];
    const isName = ['table', 'ref', 'id', 'raw'].includes(node.expression.name.text);
    return isName && argument ? textOf(argument, constants, depth + 1) : UNKNOWN;
  }
  const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
  return constant ? textOf(constant, constants, depth + 1) : UNKNOWN;
}

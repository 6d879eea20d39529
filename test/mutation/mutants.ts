/** Small faults that a programmer could have made, one at a time, found in a source file's syntax tree. Types, error texts and words stay as they are: a
 *  test that held those would hold the text twice. */
import ts from 'typescript';

export interface Mutant {
  readonly line: number; // from 1
  readonly start: number; // of the replaced characters
  readonly end: number;
  readonly replacement: string;
}

const S = ts.SyntaxKind;

/** What stands in an operator's place, in turn. */
const operators: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [S.PlusToken, ['-']],
  [S.MinusToken, ['+']],
  [S.AsteriskToken, ['/']],
  [S.SlashToken, ['*']],
  [S.PercentToken, ['*']],
  [S.AsteriskAsteriskToken, ['*']],
  [S.PlusEqualsToken, ['-=']],
  [S.MinusEqualsToken, ['+=']],
  [S.AsteriskEqualsToken, ['/=']],
  [S.SlashEqualsToken, ['*=']],
  [S.LessThanToken, ['<=', '>=']],
  [S.LessThanEqualsToken, ['<', '>']],
  [S.GreaterThanToken, ['>=', '<=']],
  [S.GreaterThanEqualsToken, ['>', '<']],
  [S.EqualsEqualsEqualsToken, ['!==']],
  [S.ExclamationEqualsEqualsToken, ['===']],
  [S.AmpersandAmpersandToken, ['||']],
  [S.BarBarToken, ['&&']],
  [S.AmpersandToken, ['|']],
  [S.BarToken, ['&']],
  [S.CaretToken, ['|']],
  [S.LessThanLessThanToken, ['>>']],
  [S.GreaterThanGreaterThanToken, ['<<']],
  [S.GreaterThanGreaterThanGreaterThanToken, ['<<']],
]);

/** Calls of which another does nearly the same. */
const neighbours: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  round: 'floor',
  trunc: 'ceil',
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
};

/** Calls that give back something like what they are called on, which then stands alone. */
const orderings = ['sort', 'toSorted', 'reverse', 'toReversed', 'filter', 'slice', 'trim', 'toLowerCase'];

/** Every mutant of a TypeScript file's text, in the order of the text. */
export function mutantsOf(text: string): Mutant[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const replace = (start: number, end: number, replacement: string): void => {
    found.push({ line: source.getLineAndCharacterOfPosition(start).line + 1, start, end, replacement });
  };
  const put = (node: ts.Node, ...replacements: readonly string[]): void => {
    for (const replacement of replacements) replace(node.getStart(), node.end, replacement);
  };
  const walk = (node: ts.Node): void => {
    if (isText(node)) return;
    if (ts.isBinaryExpression(node)) binary(node, put);
    else if (ts.isPrefixUnaryExpression(node)) prefix(node, put);
    else if (ts.isNumericLiteral(node)) put(node, ...(isFallback(node) || isLayout(node) ? [] : numbersBeside(node.text)));
    else if (node.kind === S.TrueKeyword) put(node, 'false');
    else if (node.kind === S.FalseKeyword) put(node, 'true');
    else if (ts.isIfStatement(node)) put(node.expression, 'true', 'false');
    else if (ts.isConditionalExpression(node)) put(node.condition, 'true', 'false');
    else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) put(node.expression, 'false');
    else if (ts.isForStatement(node) && node.condition !== undefined) put(node.condition, 'false');
    else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isAssignedTo(node)) put(node, '[]');
    else if (ts.isExpressionStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node)) put(node, ';');
    else if (ts.isCallExpression(node)) call(node, put, replace);
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found.sort((a, b) => a.start - b.start);
}

export function applied(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function binary(node: ts.BinaryExpression, put: (node: ts.Node, ...replacements: string[]) => void): void {
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === S.QuestionQuestionToken) put(node, right.getText(), ...(isNeverMissing(left) ? [] : [left.getText()]));
  else if (operatorToken.kind !== S.PlusToken || !(isString(left) || isString(right))) put(operatorToken, ...(operators.get(operatorToken.kind) ?? []));
  const isEquality = operatorToken.kind === S.EqualsEqualsEqualsToken || operatorToken.kind === S.ExclamationEqualsEqualsToken;
  if (isEquality && ts.isStringLiteral(right) && right.text !== '') put(right, "''");
}

function prefix(node: ts.PrefixUnaryExpression, put: (node: ts.Node, ...replacements: string[]) => void): void {
  const isDropped = node.operator === S.ExclamationToken || (node.operator === S.MinusToken && !isFallback(node));
  if (isDropped) put(node, node.operand.getText());
}

function call(
  node: ts.CallExpression,
  put: (node: ts.Node, ...replacements: string[]) => void,
  replace: (start: number, end: number, replacement: string) => void,
): void {
  if (!ts.isPropertyAccessExpression(node.expression)) return;
  const { name, expression } = node.expression;
  const neighbour = Object.hasOwn(neighbours, name.text) ? neighbours[name.text] : undefined;
  if (neighbour !== undefined) put(name, neighbour);
  if (orderings.includes(name.text)) put(node, expression.getText());
  if (name.text === 'abs') put(node, node.arguments[0]?.getText() ?? '');
  // A schema that no longer asks for one thing: an action leaves a pipe.
  if (name.text === 'pipe') node.arguments.forEach((one, i) => i > 0 && replace(node.arguments[i - 1]?.end ?? 0, one.end, ''));
}

function isText(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return true;
  return ts.isNewExpression(node) && node.expression.getText().endsWith('Error');
}

/** The 0 of `row[i] ?? 0` or the -1 of `row[i] ?? -1`, which the compiler asks for and which no index in range reaches. */
function isFallback(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent)) return isFallback(parent);
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === S.QuestionQuestionToken && isNeverMissing(parent.left);
}

/** `row[i]`, `rows[i]?.length` or `row.at(-1)`, of which only the compiler believes that there may be none. */
function isNeverMissing(left: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(left)) return isNeverMissing(left.expression);
  return (
    ts.isElementAccessExpression(left) || (ts.isCallExpression(left) && ts.isPropertyAccessExpression(left.expression) && left.expression.name.text === 'at')
  );
}

/** Digits or columns of a printed number. */
function isLayout({ parent }: ts.NumericLiteral): boolean {
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    /^(to(Fixed|Precision)|pad(Start|End))$/.test(parent.expression.name.text)
  );
}

function numbersBeside(text: string): string[] {
  const value = Number(text.replaceAll('_', ''));
  if (value === 0) return ['1'];
  return Number.isSafeInteger(value) ? [String(value - 1), String(value + 1)] : [String(value + 1)];
}

function isString(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** The left side of `[a, b] = ...`. */
function isAssignedTo(node: ts.ArrayLiteralExpression): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node && node.parent.operatorToken.kind === S.EqualsToken;
}

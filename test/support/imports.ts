/** What a source file imports, found by the compiler's own parser: also in the middle of a line, of a type, or at run time. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly target: string;
  readonly isType: boolean; // of types alone: nothing is loaded
}

/** Of a TypeScript, JavaScript or Svelte file. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.svelte') ? scriptsOf(text).flatMap(importsIn) : importsIn(text);
}

export function importsIn(text: string): Import[] {
  const found: Import[] = [];
  const add = (target: ts.Node | undefined, isType: boolean): void => {
    if (target !== undefined && ts.isStringLiteralLike(target)) found.push({ target: target.text, isType });
    else if (target !== undefined) found.push({ target: `(computed) ${target.getText()}`, isType });
  };
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, true);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) add(node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Every file below a folder whose name ends so. */
export function filesBelow(folder: string, endings: RegExp): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file, endings) : endings.test(name) ? [file] : [];
  });
}

/** The circles of a graph: sets of nodes each of which leads to every other (Tarjan 1972, strongly connected components), and nodes that lead to themselves.
 *  @param edges from each node to those it leads to; one that is no node itself leads nowhere
 *  @returns each circle sorted */
export function circlesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>(); // in which a node was first seen
  const lowest = new Map<string, number>(); // order of the first node still on the way that is reached from it
  const way: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    lowest.set(node, own);
    way.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue;
      const reached = order.has(next) ? (way.includes(next) ? (order.get(next) ?? own) : own) : visit(next);
      lowest.set(node, Math.min(lowest.get(node) ?? own, reached));
    }
    const low = lowest.get(node) ?? own;
    if (low === own) {
      const members = way.splice(way.indexOf(node));
      if (members.length > 1 || edges.get(node)?.includes(node) === true) circles.push(members.sort());
    }
    return low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** `import type ...`, or one in which every name is a type. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((one) => one.isTypeOnly)
  );
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function scriptsOf(svelte: string): string[] {
  return [...svelte.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '');
}

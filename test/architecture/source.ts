import { posix } from "node:path";
import ts from "typescript";

/** One module as the rules see it: what it imports and what it reaches for among the globals. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Reference[];
  readonly globals: readonly Reference[];
}

/** A name and the line it stands on: a file of this repository, a package, or a global such as `Date.now`. */
export interface Reference {
  readonly name: string;
  readonly line: number;
}

const watchedNames = new Set(["setTimeout", "setInterval", "setImmediate", "fetch", "WebSocket", "EventSource"]);
const watchedMembers = new Set(["Date.now", "performance.now", "performance.timeOrigin", "Math.random", "process.hrtime"]);

/** Reads a module with the compiler's own parser, so that comments and strings are never mistaken for code. */
export function readSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Reference[] = [];
  const globals: Reference[] = [];
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

  const visit = (node: ts.Node): void => {
    const specifier = importedBy(node);
    if (specifier !== undefined) imports.push({ name: resolveImport(path, specifier), line: lineOf(node) });
    const name = globalUsedBy(node);
    if (name !== undefined) globals.push({ name, line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), imports, globals };
}

/** `import`, `export … from`, `import()` and `import("…").Type` alike: a type-only import is an import. */
function importedBy(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** A relative import as a path from the root of the repository; anything else as it is written. */
function resolveImport(from: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;
}

function globalUsedBy(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const isDateOfNow =
      ts.isIdentifier(node.expression) && node.expression.text === "Date" && (ts.isCallExpression(node) || !node.arguments?.length);
    if (isDateOfNow) return ts.isCallExpression(node) ? "Date()" : "new Date()";
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return memberUsedBy(node);
  if (ts.isBindingElement(node)) return boundMember(node);
  return ts.isIdentifier(node) && watchedNames.has(node.text) && isReference(node) ? node.text : undefined;
}

function memberUsedBy(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | undefined {
  const member = (ts.isPropertyAccessExpression(node) ? node.name.text : textOf(node.argumentExpression)) ?? "";
  const owner = withoutGlobalThis(node.expression.getText());
  if (owner === "globalThis" && watchedNames.has(member)) return member;
  return watchedMembers.has(`${owner}.${member}`) ? `${owner}.${member}` : undefined;
}

/** `const { now } = Date` takes the clock just as `Date.now` does. */
function boundMember(node: ts.BindingElement): string | undefined {
  const declaration = node.parent.parent;
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const owner = withoutGlobalThis(declaration.initializer.getText());
  const member = (node.propertyName ?? node.name).getText();
  if (owner === "globalThis" && watchedNames.has(member)) return member;
  return watchedMembers.has(`${owner}.${member}`) ? `${owner}.${member}` : undefined;
}

function withoutGlobalThis(text: string): string {
  return text.replace(/^(globalThis|window|self|global)\./, "");
}

/** False for a name that is declared or belongs to an object, as in `clock.setTimeout` or `setTimeout(): void` in an interface. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeQueryNode(parent) || ts.isImportSpecifier(parent) || ts.isTypeReferenceNode(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  return !("name" in parent && parent.name === node);
}

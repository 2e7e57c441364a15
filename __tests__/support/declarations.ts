import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import { PROJECT } from "./synth";

/** An export of the package, or a member of one, as it is declared. */
export interface Declared<Node extends ts.Node = ts.Node> {
  readonly name: string;
  readonly node: Node;
  /** The doc comment without its tags. */
  readonly text: string;
  /** Texts of each tag, such as `throws`. */
  readonly tags: { readonly [tag: string]: readonly string[] };
}

/** Everything that the entry points of the package export, by name. */
export const EXPORTED: ReadonlyMap<string, Declared> = new Map(
  ["lib/index.ts", "lib/review/index.ts"].flatMap(exportsOf).map((declared) => [declared.name, declared]),
);

/** Returns the declaration of a node. Types are not resolved, which takes seconds. */
export function declared<Node extends ts.Node>(name: string, node: Node): Declared<Node> {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = (comment?: string | ts.NodeArray<ts.JSDocComment>) => ts.getTextOfJSDocComment(comment) ?? "";
  const tags: { [tag: string]: string[] } = {};
  for (const tag of comments.flatMap((comment) => comment.tags ?? []))
    (tags[tag.tagName.text] ??= []).push(ts.isJSDocSeeTag(tag) ? urlOf(tag) : text(tag.comment));
  return { name, node, text: comments.map(({ comment }) => text(comment)).join("\n"), tags };
}

/** TypeScript takes the `https` of a URL for a name. */
function urlOf(tag: ts.JSDocSeeTag): string {
  return /https:\S+/.exec(tag.getText())?.[0] ?? "";
}

/** Public members of a class or interface that have a name. */
export function membersOf(
  node: ts.ClassDeclaration | ts.InterfaceDeclaration,
): Declared<ts.ClassElement | ts.TypeElement>[] {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return [...node.members]
    .filter((member) => !(ts.getCombinedModifierFlags(member) & hidden) && !ts.isConstructorDeclaration(member))
    .filter((member) => member.name !== undefined)
    .map((member) => declared(member.name!.getText(), member))
    .filter(({ tags }) => !("internal" in tags));
}

/** The exported classes and interfaces that a class or interface extends or implements. */
export function parentsOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration) {
  return (node.heritageClauses ?? [])
    .flatMap(({ types }) => [...types])
    .flatMap(({ expression }) => EXPORTED.get(expression.getText())?.node ?? [])
    .filter(isClassOrInterface);
}

export function isClassOrInterface(node: ts.Node): node is ts.ClassDeclaration | ts.InterfaceDeclaration {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);
}

function exportsOf(file: string): Declared[] {
  return parsed(file).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return isExported(statement) ? declarationsIn(statement) : [];
    const from = join(dirname(file), (statement.moduleSpecifier as ts.StringLiteral).text);
    const declarations = parsed(existsSync(join(PROJECT, `${from}.ts`)) ? `${from}.ts` : `${from}/index.ts`).statements;
    return (statement.exportClause as ts.NamedExports).elements.flatMap(({ name }) =>
      declarations.flatMap(declarationsIn).filter((declaration) => declaration.name === name.text),
    );
  });
}

function declarationsIn(statement: ts.Statement): Declared[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => declared(name.getText(), statement));
  const { name } = statement as ts.DeclarationStatement;
  return name ? [declared(name.text, statement)] : [];
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) && !!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(PROJECT, file), "utf8"), ts.ScriptTarget.ES2022, true);
}

import path from 'node:path';
import ts from 'typescript';
import type { Finding } from './findings';

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

interface Import {
  /** What is imported: a package, or a path from the project's root without its ending. */
  readonly target: string;
  readonly typesOnly: boolean;
  readonly line: number;
}

interface Allowed {
  readonly code: readonly string[];
  readonly types?: readonly string[];
  readonly platform?: readonly string[];
}

const anyPlatform = '@forge/';

/** What each part of the house may see besides itself. Paths end with a slash when they are folders. */
const rules: Readonly<Record<string, Allowed>> = {
  'src/domain/': { code: [] },
  'src/http/': { code: [] },
  'src/sync/': { code: ['src/domain/'] },
  'src/keycloak/': { code: ['src/domain/', 'src/http/'], types: ['src/sync/ports'] },
  'src/atlassian/organization/': { code: ['src/domain/', 'src/http/'], types: ['src/sync/ports'] },
  'src/atlassian/scim/': { code: ['src/domain/', 'src/http/'], types: ['src/sync/ports'] },
  'src/atlassian/product/': { code: ['src/domain/', 'src/http/'], types: ['src/sync/ports'] },
  'src/forge/': { code: ['src/domain/'], types: ['src/sync/ports'], platform: [anyPlatform] },
  'src/handlers/': { code: ['src/sync/', 'src/domain/'], types: ['src/api'], platform: ['@forge/resolver'] },
  'src/app': {
    code: ['src/domain/', 'src/http/', 'src/sync/', 'src/keycloak/', 'src/atlassian/', 'src/forge/'],
    // The port that the handlers own; the composition root fills it.
    types: ['src/api', 'src/handlers/admin-world'],
  },
  'src/api': { code: [], types: ['src/domain/'] },
  'src/index': { code: ['src/handlers/', 'src/app'] },
  // The contract speaks in the domain's own types; passing each on through `api` would only name it twice.
  // These are the same on both sides, pure, and import nothing: rows to begin with, what the directory can write, how templates and
  // schedules are written and read.
  'static/admin/src/': {
    code: [
      'src/domain/mapping-row',
      'src/domain/schedule-kind',
      'src/domain/text-rules/template',
      'src/domain/writable-attributes',
    ],
    types: ['src/api', 'src/domain/'],
    platform: ['@forge/bridge'],
  },
};

const withoutEnding = (file: string): string => file.replace(/\.[cm]?tsx?$/, '');

const holds = (area: string, target: string): boolean =>
  area.endsWith('/') ? target.startsWith(area) : target === area;

const areaOf = (target: string): string | undefined => Object.keys(rules).find((area) => holds(area, target));

function isTypesOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

function specifierOf(node: ts.Node): { readonly specifier: ts.Node; readonly typesOnly: boolean } | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return { specifier: node.moduleSpecifier, typesOnly: isTypesOnly(node) };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: node.argument.literal, typesOnly: true };
  }
  const [argument] = ts.isCallExpression(node) ? node.arguments : [];
  if (!ts.isCallExpression(node) || argument === undefined) return undefined;
  const { expression } = node;
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  return isImport || isRequire ? { specifier: argument, typesOnly: false } : undefined;
}

function parse({ file, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

const lineIn = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** Every import of a file, however it is written; relative ones as paths from the project's root. */
export function listImports(source: SourceFile): readonly Import[] {
  const parsed = parse(source);
  const imports: Import[] = [];
  walk(parsed, (node) => {
    const found = specifierOf(node);
    if (found === undefined) return;
    const text = ts.isStringLiteralLike(found.specifier) ? found.specifier.text : '(computed)';
    const target = text.startsWith('.') ? withoutEnding(path.posix.join(path.posix.dirname(source.file), text)) : text;
    imports.push({ target, typesOnly: found.typesOnly, line: lineIn(parsed, node) });
  });
  return imports;
}

function whyForbidden(area: string, allowed: Allowed, { target, typesOnly }: Import): string | undefined {
  if (target === '(computed)') return 'imports something that cannot be read off';
  if (target.startsWith(anyPlatform)) {
    const may = (allowed.platform ?? []).some((name) =>
      name.endsWith('/') ? target.startsWith(name) : target === name,
    );
    return may ? undefined : `may not see ${target}`;
  }
  const isOurs = /^(\.\.|src|dev|test|static)(\/|$)/.test(target);
  if (!isOurs) {
    const isPure = area === 'src/domain/' || area === 'src/http/';
    return isPure && target.startsWith('node:') ? `may not see ${target}` : undefined;
  }
  if (holds(area, target) || allowed.code.some((part) => holds(part, target))) return undefined;
  if (!(allowed.types ?? []).some((part) => holds(part, target))) return `may not see ${target}`;
  return typesOnly ? undefined : `may see only the types of ${target}`;
}

/** The imports of a file that the house forbids. Files of dev/ and test/ may see everything. */
export function checkImports(source: SourceFile): readonly Finding[] {
  if (/^(dev|test)\//.test(source.file)) return [];
  const error = (line: number, message: string): Finding => ({ level: 'error', file: source.file, line, message });
  const area = areaOf(withoutEnding(source.file));
  const allowed = area === undefined ? undefined : rules[area];
  if (area === undefined || allowed === undefined) return [error(1, 'belongs to no part of the house')];
  return listImports(source).flatMap((imported) => {
    const why = whyForbidden(area, allowed, imported);
    return why === undefined ? [] : [error(imported.line, why)];
  });
}

const maximumLines = 250;
const pureArea = 'src/domain/';

const isModuleLevel = (node: ts.Node): boolean => ts.isSourceFile(node.parent.parent);

function isEmptyCollection(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return false;
  return /^(Weak)?(Map|Set)$/.test(node.expression.text) && (node.arguments ?? []).length === 0;
}

function describeState(node: ts.Node): string | undefined {
  if (!ts.isVariableDeclarationList(node) || !isModuleLevel(node)) return undefined;
  if ((node.flags & ts.NodeFlags.Const) === 0) return 'keeps state between invocations (let or var of the module)';
  // A constant that starts empty can only be meant to be filled.
  const filled = node.declarations.some(({ initializer }) => isEmptyCollection(initializer));
  return filled ? 'keeps state between invocations (an empty collection of the module)' : undefined;
}

function describeImpurity(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) return 'is asynchronous';
  if (ts.isCallExpression(node) && node.expression.getText() === 'fetch') return 'calls fetch';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    if (text === 'Math.random' || text.startsWith('crypto.')) return 'draws random values';
    if (text === 'Date.now' || text === 'performance.now') return 'reads the clock';
  }
  const isDate = ts.isNewExpression(node) && node.expression.getText() === 'Date';
  return isDate && (node.arguments ?? []).length === 0 ? 'reads the clock' : undefined;
}

function describeConsole(node: ts.Node): string | undefined {
  const isConsole = ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console';
  return isConsole ? 'writes to the console; src/forge/log does that' : undefined;
}

/** What the house forbids inside the files of src/: state between invocations, impurity, stray output, great length. */
export function checkStyle(source: SourceFile): readonly Finding[] {
  if (!source.file.startsWith('src/')) return [];
  const parsed = parse(source);
  const findings: Finding[] = [];
  const add = (line: number, message: string): void => {
    findings.push({ level: 'error', file: source.file, line, message });
  };
  const lines = source.text.trimEnd().split('\n').length;
  if (lines > maximumLines) add(maximumLines, `has ${lines} lines; ${maximumLines} is the most`);
  walk(parsed, (node) => {
    const messages = [
      describeState(node),
      source.file.startsWith(pureArea) ? describeImpurity(node) : undefined,
      source.file === 'src/forge/log.ts' ? undefined : describeConsole(node),
    ];
    for (const message of messages) if (message !== undefined) add(lineIn(parsed, node), message);
  });
  return findings;
}

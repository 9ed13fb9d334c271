import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Finding } from './findings';
import type { Manifest, ManifestFile, ManifestModule } from './manifest';
import { lineOf } from './project';

const memoryCeiling = 1024;
const triggerCeiling = 5;

/** Pages may share a resolver; every other kind of module needs a function of its own. */
function usesOfFunctions(manifest: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>();
  for (const [kind, modules] of Object.entries(manifest.modules)) {
    for (const module of modules) {
      const used: readonly (readonly [string | undefined, string])[] = [
        [module.function, kind],
        [module.resolver?.function, 'page'],
      ];
      for (const [name, user] of used) {
        if (name !== undefined) uses.set(name, (uses.get(name) ?? new Set<string>()).add(user));
      }
    }
  }
  return uses;
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);

function exportedNames(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    return clause !== undefined && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
  }
  if (!isExported(statement)) return [];
  if (ts.isFunctionDeclaration(statement)) return statement.name === undefined ? [] : [statement.name.text];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => {
    if (ts.isIdentifier(name)) return [name.text];
    return name.elements.flatMap((element) =>
      ts.isBindingElement(element) && ts.isIdentifier(element.name) ? [element.name.text] : [],
    );
  });
}

function checkHandler(folder: string, fn: ManifestModule): string | undefined {
  const [file = '', name = ''] = (fn.handler ?? '').split('.');
  const source = path.join(folder, 'src', `${file}.ts`);
  if (!fs.existsSync(source)) return `function '${fn.key}': there is no src/${file}.ts`;
  const parsed = ts.createSourceFile(source, fs.readFileSync(source, 'utf8'), ts.ScriptTarget.ES2022);
  const exported = parsed.statements.flatMap(exportedNames);
  return exported.includes(name) ? undefined : `function '${fn.key}': src/${file}.ts exports no '${name}'`;
}

function checkFunctions(folder: string, manifest: Manifest): readonly string[] {
  const uses = usesOfFunctions(manifest);
  const declared = manifest.modules['function'] ?? [];
  const problems: (string | undefined)[] = [...uses]
    .filter(([, kinds]) => kinds.size > 1)
    .map(([name, kinds]) => `function '${name}' is shared by ${[...kinds].sort().join(' and ')}: each needs its own`);
  for (const fn of declared) {
    if (!uses.has(fn.key)) problems.push(`function '${fn.key}' is used by no module`);
    if ((fn.runtime?.memoryMB ?? 0) > memoryCeiling)
      problems.push(`function '${fn.key}' asks for more than ${memoryCeiling} MB`);
    problems.push(checkHandler(folder, fn));
  }
  return problems.filter((problem) => problem !== undefined);
}

function checkTriggers(manifest: Manifest): readonly string[] {
  const triggers = manifest.modules['scheduledTrigger'] ?? [];
  const fiveMinute = triggers.filter(({ interval }) => interval === 'fiveMinute');
  const licensed = manifest.app.licensing?.enabled === true;
  return [
    ...(triggers.length > triggerCeiling ? [`more than ${triggerCeiling} scheduled triggers`] : []),
    ...(fiveMinute.length > 1 ? ['more than one scheduled trigger every five minutes'] : []),
    // The platform skips the invocation where there is no active licence, and an app without licensing has none.
    ...triggers
      .filter(({ filter }) => filter?.appIsLicensed === true && !licensed)
      .map(({ key }) => `scheduled trigger '${key}' waits for a licence, but app.licensing is not enabled`),
  ];
}

function checkApp(manifest: Manifest): readonly string[] {
  const required = Object.values(manifest.app.compatibility ?? {}).filter((context) => context.required);
  return [
    ...(required.length === 1 ? [] : [`app.compatibility requires ${required.length} products instead of one`]),
    ...((manifest.app.runtime.memoryMB ?? 0) > memoryCeiling ? [`app.runtime.memoryMB is over ${memoryCeiling}`] : []),
  ];
}

/** What the platform refuses or does wrongly, and Atlassian's validator and linter do not say. */
export function checkModules(folder: string, { manifest, text }: ManifestFile): readonly Finding[] {
  return [...checkApp(manifest), ...checkFunctions(folder, manifest), ...checkTriggers(manifest)].map((message) => ({
    level: 'error',
    file: 'manifest.yml',
    line: lineOf(text, /'([^']+)'/.exec(message)?.[1] ?? ''),
    message,
  }));
}

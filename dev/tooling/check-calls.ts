import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Finding } from './findings';
import { backendAddresses, type ManifestFile } from './manifest';
import { lineOf, listTypeScript } from './project';

interface Need {
  readonly scope: string;
  readonly reason: string;
}

/**
 * Every product path that src/ may name, with the scope of its calls (`{}` stands for a value).
 * Sources: the x-atlassian-oauth2-scopes of Atlassian's API documents.
 */
export const productCalls: Readonly<Record<string, Need>> = {
  '/rest/api/3/permissions/check': { scope: 'read:permission:jira', reason: 'whether the caller administers Jira' },
  '/wiki/rest/api/user/current': { scope: 'read:confluence-user', reason: 'whether the caller administers Confluence' },
};

/** Packages of the platform that need a scope as soon as they are imported. */
export const packageScopes: Readonly<Record<string, string>> = { '@forge/kvs': 'storage:app' };

/** Scopes that no call needs yet, since adding one later would be a major version. */
export const reservedScopes: Readonly<Record<string, string>> = {
  'report:personal-data': 'reporting of stored accounts',
};

interface Use {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface Uses {
  readonly paths: readonly Use[];
  readonly hosts: readonly Use[];
  readonly packages: readonly Use[];
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  }
  return undefined;
}

const isProductPath = (text: string): boolean => /^\/(rest|wiki)\//.test(text);
const isAddress = (text: string): boolean => /^https?:\/\/[^{]/.test(text);

function usesInFile(folder: string, file: string): readonly (Use & { readonly inImport: boolean })[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const uses: (Use & { readonly inImport: boolean })[] = [];
  const visit = (node: ts.Node): void => {
    const text = literalText(node);
    if (text !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const inImport = ts.isImportDeclaration(node.parent);
      uses.push({ file: path.relative(folder, file), line, text, inImport });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function usesIn(folder: string): Uses {
  const all = listTypeScript(path.join(folder, 'src')).flatMap((file) => usesInFile(folder, file));
  return {
    paths: all.filter(({ text }) => isProductPath(text)),
    hosts: all.filter(({ text }) => isAddress(text)),
    packages: all.filter(({ inImport }) => inImport),
  };
}

const problem = ({ file, line }: Use, message: string): Finding => ({ level: 'error', file, line, message });

function checkScopes(uses: Uses, scopes: readonly string[]): readonly Finding[] {
  const missing = (use: Use, scope: string) =>
    scopes.includes(scope) ? [] : [problem(use, `'${use.text}' needs the scope ${scope}`)];
  return [
    ...uses.paths.flatMap((use) => {
      const need = productCalls[use.text.replace(/\?.*$/s, '')];
      return need === undefined
        ? [problem(use, `'${use.text}' has no scope in the table of product calls`)]
        : missing(use, need.scope);
    }),
    ...uses.packages.flatMap((use) => {
      const scope = packageScopes[use.text];
      return scope === undefined ? [] : missing(use, scope);
    }),
  ];
}

function checkHosts(uses: Uses, allowed: readonly string[]): readonly Finding[] {
  return uses.hosts
    .filter(({ text }) => !allowed.includes(/^https?:\/\/[^/{]+/.exec(text)?.[0] ?? text))
    .map((use) => problem(use, `'${use.text}' is on a host that the manifest does not declare`));
}

/** Scopes that the table does not know are more than the app may need. */
function checkSurplus({ manifest, text }: ManifestFile): readonly Finding[] {
  const known = new Set([
    ...Object.values(productCalls).map(({ scope }) => scope),
    ...Object.values(packageScopes),
    ...Object.keys(reservedScopes),
  ]);
  return manifest.permissions.scopes
    .filter((scope) => !known.has(scope))
    .map((scope) => ({
      level: 'error',
      file: 'manifest.yml',
      line: lineOf(text, scope),
      message: `no call needs the scope ${scope}`,
    }));
}

/**
 * Sees what Atlassian's linter overlooks: product paths and addresses wherever they are written down,
 * the scope of storage, and scopes that nothing needs.
 */
export function checkCalls(folder: string, file: ManifestFile): readonly Finding[] {
  const uses = usesIn(folder);
  return [
    ...checkScopes(uses, file.manifest.permissions.scopes),
    ...checkHosts(uses, backendAddresses(file.manifest)),
    ...checkSurplus(file),
  ];
}

import fs from 'node:fs';
import path from 'node:path';
import { checkImports, checkStyle, type SourceFile } from '../dev/tooling/architecture';
import { listTypeScript, projectRoot } from '../dev/tooling/project';

const readFolder = (folder: string): readonly SourceFile[] =>
  listTypeScript(path.join(projectRoot, folder)).map((file) => ({
    file: path.relative(projectRoot, file).replaceAll(path.sep, '/'),
    text: fs.readFileSync(file, 'utf8'),
  }));

const describeFindings = (check: typeof checkImports, files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((source) => check(source).map(({ file, line, message }) => `${file}:${line} ${message}`));

describe('the house', () => {
  const files = [...readFolder('src'), ...readFolder('static/admin/src')];

  it('has files to look at', () => {
    expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['src/index.ts', 'src/domain/plan.ts']));
  });

  it('imports only along its rules', () => {
    expect(describeFindings(checkImports, files)).toEqual([]);
  });

  it('keeps no state in modules, a pure domain, one place for output, and short files', () => {
    expect(describeFindings(checkStyle, files)).toEqual([]);
  });
});

describe('the import rules', () => {
  it.each([
    ['src/domain/plan.ts', "import { x } from './change';"],
    ['src/domain/deep/plan.ts', "import { x } from '../change';"],
    ['src/domain/schedule.ts', "import { Cron } from 'croner';"],
    ['src/sync/apply.ts', "import { x } from '../domain/plan';"],
    ['src/keycloak/read.ts', "import { x } from '../http/client';"],
    ['src/keycloak/read.ts', "import type { Source } from '../sync/ports';"],
    ['src/atlassian/scim/read.ts', "import { type Directory } from '../../sync/ports';"],
    ['src/forge/storage.ts', "import { kvs } from '@forge/kvs';"],
    ['src/handlers/resolver.ts', "import Resolver from '@forge/resolver';"],
    ['src/handlers/resolver.ts', "import type { Api } from '../api';"],
    ['src/app.ts', "import { x } from './atlassian/organization/directory';"],
    ['src/index.ts', "import { app } from './app';"],
    ['static/admin/src/app-calls.ts', "import { invoke } from '@forge/bridge';"],
    ['static/admin/src/app-calls.ts', "import type { Api } from '../../../src/api';"],
    ['static/admin/src/app.tsx', "import type { Run } from '../../../src/domain/run';"],
    ['static/admin/src/editor/timing-fields.tsx', "import { x } from '../../../../src/domain/schedule-kind';"],
    ['static/admin/src/editor/row.tsx', "import { x } from '../../../../src/domain/writable-attributes';"],
    ['dev/start.ts', "import { x } from '../src/app';"],
    ['test/sync/apply.test.ts', "import { x } from '../../src/forge/storage';"],
  ])('let %s write %s', (file, text) => {
    expect(checkImports({ file, text })).toEqual([]);
  });

  it.each([
    ['src/domain/plan.ts', "import { x } from '../sync/ports';", 'may not see src/sync/ports'],
    ['src/domain/plan.ts', "import type { x } from '../api';", 'may not see src/api'],
    ['src/domain/plan.ts', "import { createHash } from 'node:crypto';", 'may not see node:crypto'],
    ['src/domain/plan.ts', "import { kvs } from '@forge/kvs';", 'may not see @forge/kvs'],
    ['src/domain/plan.ts', "export { x } from '../http/client';", 'may not see src/http/client'],
    ['src/domain/plan.ts', "export * from '../http/client';", 'may not see src/http/client'],
    ['src/domain/plan.ts', "import '../forge/log';", 'may not see src/forge/log'],
    ['src/domain/plan.ts', "type X = import('../forge/log').Log;", 'may not see src/forge/log'],
    ['src/http/client.ts', "import { x } from '../domain/errors';", 'may not see src/domain/errors'],
    ['src/sync/apply.ts', "import { x } from '../http/client';", 'may not see src/http/client'],
    ['src/sync/apply.ts', "const x = await import('../keycloak/read');", 'may not see src/keycloak/read'],
    ['src/sync/apply.ts', "const x = require('../forge/storage');", 'may not see src/forge/storage'],
    ['src/sync/apply.ts', 'const x = await import(name);', 'imports something that cannot be read off'],
    ['src/keycloak/read.ts', "import { x } from '../sync/ports';", 'may see only the types of src/sync/ports'],
    ['src/keycloak/read.ts', "import type { x } from '../sync/start';", 'may not see src/sync/start'],
    [
      'src/atlassian/scim/read.ts',
      "import type { x } from '../organization/read';",
      'may not see src/atlassian/organization/read',
    ],
    ['src/forge/storage.ts', "import { x } from '../http/client';", 'may not see src/http/client'],
    ['src/handlers/resolver.ts', "import { kvs } from '@forge/kvs';", 'may not see @forge/kvs'],
    ['src/handlers/resolver.ts', "import { app } from '../app';", 'may not see src/app'],
    ['src/handlers/resolver.ts', "import { x } from '../api';", 'may see only the types of src/api'],
    ['src/app.ts', "import { x } from './handlers/resolver';", 'may not see src/handlers/resolver'],
    ['src/app.ts', "import { kvs } from '@forge/kvs';", 'may not see @forge/kvs'],
    ['src/api.ts', "import { x } from './domain/plan';", 'may see only the types of src/domain/plan'],
    ['src/index.ts', "import { x } from './forge/log';", 'may not see src/forge/log'],
    ['src/index.ts', "import { x } from '../dev/start';", 'may not see dev/start'],
    ['static/admin/src/app.tsx', "import { x } from '../../../src/api';", 'may see only the types of src/api'],
    [
      'static/admin/src/app.tsx',
      "import { x } from '../../../src/domain/plan';",
      'may see only the types of src/domain/plan',
    ],
    ['static/admin/src/app.tsx', "import api from '@forge/api';", 'may not see @forge/api'],
    ['src/utils/text.ts', '', 'belongs to no part of the house'],
    ['src/atlassian/shared.ts', '', 'belongs to no part of the house'],
  ])('stop %s from writing %s', (file, text, message) => {
    expect(checkImports({ file, text })).toEqual([{ level: 'error', file, line: 1, message }]);
  });
});

describe('the rules inside files', () => {
  it.each([
    ['src/sync/apply.ts', 'export const run = () => { let count = 0; return count; };'],
    ['src/sync/apply.ts', "export const names = new Set(['a', 'b']);"],
    ['src/sync/apply.ts', 'export const later = async () => new Date();'],
    ['src/domain/schedule.ts', 'export const moment = (at: number) => new Date(at);'],
    ['src/forge/log.ts', "console.log('line');"],
    ['src/domain/plan.ts', '// await fetch, console.log'],
    ['src/domain/plan.ts', 'const x = 1;\n'.repeat(250)],
    ['dev/start.ts', 'let started = false;'],
  ])('let %s hold %j', (file, text) => {
    expect(checkStyle({ file, text })).toEqual([]);
  });

  it.each([
    ['src/sync/apply.ts', 'let count = 0;', 'keeps state between invocations (let or var of the module)'],
    ['src/sync/apply.ts', 'export var count = 0;', 'keeps state between invocations (let or var of the module)'],
    [
      'src/keycloak/token.ts',
      'const tokens = new Map<string, string>();',
      'keeps state between invocations (an empty collection of the module)',
    ],
    [
      'src/keycloak/token.ts',
      'const seen: string[] = [];',
      'keeps state between invocations (an empty collection of the module)',
    ],
    ['src/sync/apply.ts', "console.warn('x');", 'writes to the console; src/forge/log does that'],
    ['src/domain/plan.ts', 'export async function x() {}', 'is asynchronous'],
    ['src/domain/plan.ts', 'const now = Date.now();', 'reads the clock'],
    ['src/domain/plan.ts', 'const now = new Date();', 'reads the clock'],
    ['src/domain/plan.ts', 'const id = Math.random();', 'draws random values'],
    ['src/domain/plan.ts', 'const id = crypto.randomUUID();', 'draws random values'],
    ['src/domain/plan.ts', "const answer = fetch('x');", 'calls fetch'],
  ])('stop %s from holding %j', (file, text, message) => {
    expect(checkStyle({ file, text })).toEqual([{ level: 'error', file, line: 1, message }]);
  });

  it('stop a file of more than 250 lines', () => {
    const found = checkStyle({ file: 'src/domain/plan.ts', text: 'const x = 1;\n'.repeat(251) });
    expect(found.map(({ message }) => message)).toEqual(['has 251 lines; 250 is the most']);
  });
});

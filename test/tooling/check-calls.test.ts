import { checkCalls } from '../../dev/tooling/check-calls';
import { readManifest } from '../../dev/tooling/manifest';
import { plantProject, type Planted } from './planted';

const findings = (plant: (project: Planted) => void) => {
  const project = plantProject();
  try {
    plant(project);
    return checkCalls(project.folder, readManifest(project.folder)).map(({ file, message }) => ({ file, message }));
  } finally {
    project.discard();
  }
};

const withSource = (source: string) => (project: Planted) => project.write('src/planted.ts', source);
const withoutScope = (scope: string, source: string) => (project: Planted) => {
  project.replace('manifest.yml', `    - ${scope}\n`, '');
  project.write('src/planted.ts', source);
};

const permissions = 'export const check = () => call(route`/rest/api/3/permissions/check`);';
const currentUser = 'export const check = () => call(route`/wiki/rest/api/user/current?expand=operations`);';
const groups = 'export const read = (id: string) => call(route`/rest/api/3/group/member?groupId=${id}`);';

describe('the check of calls, hosts and scopes', () => {
  it.each([
    ['an import of storage', "import { kvs } from '@forge/kvs';"],
    ['a call of the table', permissions],
    ['a call of the table with a query', currentUser],
    ['a declared host', "const base = 'https://api.atlassian.com/admin/v2';"],
    ['a host that is computed', 'const base = `https://${host}/realms`;'],
    ['a path of another server', "const path = '/admin/realms/example';"],
  ])('accepts %s', (_name, source) => {
    expect(findings(withSource(source))).toEqual([]);
  });

  it.each([
    [
      'storage without its scope',
      withoutScope('storage:app', "import { kvs } from '@forge/kvs';"),
      "'@forge/kvs' needs the scope storage:app",
    ],
    [
      "Jira's permission check without its scope",
      withoutScope('read:permission:jira', permissions),
      "'/rest/api/3/permissions/check' needs the scope read:permission:jira",
    ],
    [
      "Confluence's current user without its scope",
      withoutScope('read:confluence-user', currentUser),
      "'/wiki/rest/api/user/current?expand=operations' needs the scope read:confluence-user",
    ],
    [
      'a call that nobody entered in the table',
      withSource(groups),
      "'/rest/api/3/group/member?groupId={}' has no scope in the table of product calls",
    ],
    [
      'a host that the manifest does not declare',
      withSource("const base = 'https://elsewhere.example.com/v1';"),
      "'https://elsewhere.example.com/v1' is on a host that the manifest does not declare",
    ],
    [
      'a declared host with another port',
      withSource("const base = 'https://api.atlassian.com:8443/v1';"),
      "'https://api.atlassian.com:8443/v1' is on a host that the manifest does not declare",
    ],
  ])('refuses %s', (_name, plant, message) => {
    expect(findings(plant)).toEqual([{ file: 'src/planted.ts', message }]);
  });

  it('refuses a scope that no call needs', () => {
    const plant = (project: Planted): void =>
      project.replace('manifest.yml', '    - storage:app\n', '    - storage:app\n    - write:confluence-groups\n');
    expect(findings(plant)).toEqual([
      { file: 'manifest.yml', message: 'no call needs the scope write:confluence-groups' },
    ]);
  });
});

import { hostileDoubts, kindDoubts } from '../../../dev/atlassian/doubts';
import { isOrganizationAdmin, readOrganizations } from '../../../src/atlassian/organization/organizations';
import { probeDirectory } from '../../../src/atlassian/organization/probes';
import { doubtCases, openStage, type Stage } from './stage';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

const now = Date.parse('2026-11-20T02:00:00Z');

async function probe(change: { readonly orgId?: string; readonly directoryId?: string } = {}) {
  const { organization, http, key } = stage;
  const ref = { orgId: organization.id, directoryId: organization.directoryId(), ...change };
  const { probes } = await probeDirectory({ ref, key, http, keyExpiresOn: '2027-06-30', now });
  return Object.fromEntries(probes.map(({ id, state }) => [id, state]));
}

const passed = 'passed';
const allPassed = {
  key: passed,
  organization: passed,
  directory: passed,
  users: passed,
  groups: passed,
  write: passed,
  expiry: passed,
};

/** What is left after the probe that failed. */
function failedAt(id: keyof typeof allPassed): Record<string, string> {
  const ids = Object.keys(allPassed);
  const failing = ids.indexOf(id);
  const state = (index: number) => (index < failing ? passed : index === failing ? 'failed' : 'skipped');
  return { ...Object.fromEntries(ids.map((each, index) => [each, state(index)])), expiry: passed };
}

describe.each(doubtCases)('with %s answers', (_name, doubts) => {
  beforeEach(async () => {
    stage = await openStage({ doubts: { ...doubts, rateLimit: kindDoubts.rateLimit, managementAccess: 'present' } });
    stage.organization.addGroup({ name: 'A' });
    stage.organization.addAccount({ email: 'root@example.com', platformRoles: ['atlassian/org-admin'] });
  });

  it('passes with the right key, organization and directory, and writes nothing', async () => {
    expect(await probe()).toEqual(allPassed);
    expect(stage.atlassian.traffic.writes()).toEqual([]);
    expect(stage.violations()).toEqual([]);
  });

  it('names the first thing that is wrong', async () => {
    expect(await probe({ orgId: 'another' })).toEqual(failedAt('organization'));
    expect(await probe({ directoryId: 'another' })).toEqual(failedAt('directory'));
    stage.organization.changeKey('organization-key', 'expired');
    expect(await probe()).toEqual(failedAt('key'));
  });

  it('fails when the key may change no group', async () => {
    stage.organization.changeGroup('A', { managementAccess: { readable: true, modifiable: false, deletable: false } });
    expect(await probe()).toEqual(failedAt('write'));
  });

  it('warns when Atlassian does not tell', async () => {
    stage.organization.changeGroup('A', { managementAccess: null });
    expect(await probe()).toEqual({ ...allPassed, write: 'warning' });
  });

  it.each([['/users/search', 'users'] as const, ['/groups/search', 'groups'] as const])(
    'fails when %s is forbidden',
    async (path, id) => {
      stage.atlassian.faults.plan({ path, fault: { kind: 'status', status: 403 } });
      expect(await probe()).toEqual(failedAt(id));
    },
  );
});

it('lists organizations with directories and products', async () => {
  stage = await openStage({ name: 'Acme', directories: ['Main', 'Second'], doubts: hostileDoubts });
  const { organization, http, key } = stage;
  expect(await readOrganizations(http, key)).toEqual([
    {
      orgId: organization.id,
      name: 'Acme',
      directories: ['Main', 'Second'].map((name) => ({ directoryId: organization.directoryId(name), name })),
      products: [
        { resource: organization.resource('jira'), name: 'jira-software · https://example.atlassian.net' },
        { resource: organization.resource('confluence'), name: 'confluence · https://example.atlassian.net' },
      ],
    },
  ]);
  expect(stage.violations()).toEqual([]);
});

it('reads lists of more than one page', async () => {
  const directories = Array.from({ length: 130 }, (_, index) => `d${index}`);
  stage = await openStage({ directories });
  const [found] = await readOrganizations(stage.http, stage.key);
  expect(found?.directories.map(({ name }) => name)).toEqual(directories);
});

describe('an organization administrator', () => {
  beforeEach(async () => {
    stage = await openStage({ directories: ['Main', 'Second'] });
    const { organization } = stage;
    organization.addAccount({ email: 'root@example.com', platformRoles: ['atlassian/org-admin'] });
    organization.addAccount({ email: 'site@example.com', platformRoles: ['atlassian/site-admin'] });
    organization.addAccount({
      email: 'second@example.com',
      directories: ['Second'],
      platformRoles: ['atlassian/org-admin'],
    });
    organization.addAccount({
      email: 'asleep@example.com',
      status: 'suspended',
      platformRoles: ['atlassian/org-admin'],
    });
    organization.addAccount({ email: 'plain@example.com' });
  });

  it.each([
    ['root@example.com', true],
    ['second@example.com', true],
    ['site@example.com', false],
    ['asleep@example.com', false],
    ['plain@example.com', false],
    ['nobody@example.com', false],
  ])('%s: %s', async (email, expected) => {
    const { http, key, organization } = stage;
    expect(await isOrganizationAdmin(http, key, organization.id, stage.accountOf(email))).toBe(expected);
    expect(stage.violations()).toEqual([]);
  });

  it.each([
    ['', 'x'],
    ['x', ''],
  ])('nobody without ids', async (orgId, accountId) => {
    expect(await isOrganizationAdmin(stage.http, stage.key, orgId, accountId)).toBe(false);
    expect(stage.atlassian.traffic.all).toEqual([]);
  });

  it.each([401, 403, 404, 503])('is never answered yes after a %d', async (status) => {
    stage.atlassian.faults.plan({ path: '/users/search', times: 9, fault: { kind: 'status', status } });
    const { http, key, organization } = stage;
    const answer = isOrganizationAdmin(http, key, organization.id, stage.accountOf('root@example.com'));
    await expect(answer).rejects.toMatchObject({ name: 'DirectoryError' });
  });
});

import { hostileDoubts, kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { describeMark } from '../../../src/domain/group-mark';
import { connectorId, sourceGroupId } from '../../../src/domain/identity';
import { doubtCases, openStage, readAll, type Stage } from './stage';

let stage: Stage;
afterEach(async () => {
  await stage.stop();
});

const mark = { connectorId: connectorId('c1'), sourceGroupId: sourceGroupId('k1') };

async function openFilled(doubts: Doubts, directories: readonly string[] = ['Main']): Promise<void> {
  stage = await openStage({ doubts, directories });
  const { organization } = stage;
  organization.addGroup({ name: 'site-admins', platformRoles: ['atlassian/org-admin'] });
  organization.addGroup({ name: 'jira-users', grants: [{ product: 'jira', role: 'atlassian/user', byDefault: true }] });
  organization.addGroup({ name: 'Wiki', grants: [{ product: 'confluence', role: 'atlassian/user' }] });
  organization.addGroup({ name: 'Synced', externalSynced: true });
  organization.addGroup({
    name: 'Locked',
    managementAccess: { readable: true, modifiable: false, deletable: false },
  });
  organization.addGroup({ name: 'Team', managedBy: 'team-members' });
  organization.addGroup({ name: 'Marked', description: `Ours. ${describeMark(mark)}` });
  organization.addGroup({ name: 'Jira admins', grants: [{ product: 'jira', role: 'atlassian/admin' }] });
  organization.addAccount({ email: 'Ada@Example.com', groups: ['Wiki', 'Marked'] });
  organization.addAccount({ email: 'root@example.com', groups: ['site-admins'] });
  organization.addAccount({ email: 'sam@example.com', status: 'suspended', groups: ['Wiki'] });
  organization.addAccount({ email: 'scim@example.com', managementSource: 'synced' });
  organization.addAccount({ email: 'guest@other.org', emailVerified: false });
  organization.addAccount({ email: 'gone@example.com', accountStatus: 'inactive' });
  organization.addAccount({ email: 'outside@example.com', directories: [] });
}

describe.each(doubtCases)('with %s answers', (_name, doubts) => {
  it('reads every account of the directory, none of others, with state and protection', async () => {
    await openFilled(doubts);
    const { snapshot } = await readAll(() => stage.open());
    const seen = snapshot.accounts.map(({ email, status, claimed, synced, emailVerified, platformRoles }) => ({
      email,
      status,
      claimed,
      synced,
      emailVerified,
      platformRoles,
    }));
    const plain = { status: 'active', claimed: true, synced: false, emailVerified: true, platformRoles: [] };
    expect(seen).toEqual([
      { ...plain, email: 'ada@example.com' },
      { ...plain, email: 'root@example.com', platformRoles: ['atlassian/org-admin'] },
      { ...plain, email: 'sam@example.com', status: 'suspended' },
      { ...plain, email: 'scim@example.com', synced: true },
      { ...plain, email: 'guest@other.org', claimed: false, emailVerified: false },
      { ...plain, email: 'gone@example.com', status: 'deactivated' },
    ]);
    expect(snapshot.removals).toEqual({ kind: 'allowed' });
    expect(stage.violations()).toEqual([]);
  });

  it('knows memberships by bare group ids', async () => {
    await openFilled(doubts);
    const { snapshot } = await readAll(() => stage.open());
    const ada = snapshot.accounts.find(({ email }) => email === 'ada@example.com');
    expect(ada?.groupIds).toEqual([stage.groupOf('Wiki'), stage.groupOf('Marked')]);
  });

  it('says of each group why it must not be written and what it grants', async () => {
    await openFilled({ ...doubts, managementAccess: 'present' });
    const { snapshot } = await readAll(() => stage.open());
    const groups = Object.fromEntries(
      snapshot.groups.map(({ name: group, protectedBecause, grantsAccess }) => [
        group,
        { protectedBecause, grantsAccess },
      ]),
    );
    expect(groups).toEqual({
      'site-admins': { protectedBecause: 'The group grants administration.', grantsAccess: [] },
      'jira-users': {
        protectedBecause: 'The group is the default group of a product, which new users join by themselves.',
        grantsAccess: ['jira-software'],
      },
      Wiki: { protectedBecause: undefined, grantsAccess: ['confluence'] },
      Synced: {
        protectedBecause: 'The group is synced from an identity provider and can only be changed there.',
        grantsAccess: [],
      },
      Locked: { protectedBecause: 'The key may not change the group.', grantsAccess: [] },
      Team: {
        protectedBecause: 'The group belongs to an Atlassian team and is managed by its members.',
        grantsAccess: [],
      },
      Marked: { protectedBecause: undefined, grantsAccess: [] },
      'Jira admins': { protectedBecause: 'The group grants administration.', grantsAccess: ['jira-software'] },
    });
    expect(snapshot.groups.find(({ name: group }) => group === 'Marked')?.mark).toEqual(mark);
  });

  it('protects a group without our mark when Atlassian does not tell what the key may do', async () => {
    await openFilled({ ...doubts, managementAccess: 'absent' });
    const { snapshot } = await readAll(() => stage.open());
    const reason = (group: string) => snapshot.groups.find((each) => each.name === group)?.protectedBecause;
    expect([reason('Wiki'), reason('Marked')]).toEqual([
      'Atlassian does not say whether the key may change the group.',
      undefined,
    ]);
  });

  it('tells who is suspended in this directory though active in another', async () => {
    await openFilled(doubts, ['Main', 'Second']);
    stage.organization.addAccount({ email: 'both@example.com', directories: ['Main', 'Second'] });
    stage.organization.addAccount({ email: 'second@example.com', directories: ['Second'] });
    stage.organization.suspendByHand('both@example.com', 'Main');
    const { snapshot } = await readAll(() => stage.open());
    const state = (address: string) => snapshot.accounts.find(({ email }) => email === address)?.status;
    expect([state('both@example.com'), state('ada@example.com'), state('second@example.com')]).toEqual([
      'suspended',
      'active',
      undefined,
    ]);
    expect(snapshot.removals).toEqual({ kind: 'allowed' });
    expect(stage.violations()).toEqual([]);
  });

  it('goes on in later invocations where it stopped, and comes to the same', async () => {
    await openFilled(doubts);
    for (let index = 0; index < 450; index += 1) {
      stage.organization.addAccount({ email: `p${index}@example.com`, groups: ['Marked'] });
    }
    const whole = await readAll(() => stage.open());
    const pieces = await readAll(() => stage.open(stage.openBudget(13)));
    expect(pieces.invocations).toBeGreaterThan(2);
    expect(pieces.snapshot.accounts).toEqual(whole.snapshot.accounts);
    expect(pieces.snapshot.groups).toEqual(whole.snapshot.groups);
    expect(pieces.snapshot.removals).toEqual({ kind: 'allowed' });
  });

  it('keeps what it has when the calls of an invocation end in the middle of a step', async () => {
    await openFilled(doubts);
    for (let index = 0; index < 60; index += 1) {
      stage.organization.addGroup({ name: `r${index}`, grants: [{ product: 'jira', role: 'atlassian/user' }] });
    }
    const { snapshot, invocations } = await readAll(() => stage.open(stage.openBudget(33)));
    expect(snapshot.groups.filter(({ grantsAccess }) => grantsAccess.includes('jira-software'))).toHaveLength(62);
    expect(invocations).toBeGreaterThan(2);
  });

  it('finds all groups of a person in very many', async () => {
    await openFilled(doubts);
    const names = Array.from({ length: 120 }, (_, index) => `g${index}`);
    for (const group of names) stage.organization.addGroup({ name: group });
    stage.organization.addAccount({ email: 'many@example.com', groups: names });
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.accounts.find(({ email }) => email === 'many@example.com')?.groupIds).toHaveLength(120);
  });
});

it('protects a group with an administrative role although it counts no resources', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'Ops', platformRoles: ['atlassian/org-admin'] });
  const [id, directoryId] = [stage.groupOf('Ops'), stage.organization.directoryId()];
  const ops = { id, name: 'Ops', directoryId, managedBy: 'admins', managementAccess: { modifiable: true } };
  const body = { data: [{ ...ops, counts: { users: 0, resources: 0 } }] };
  stage.atlassian.faults.plan({ path: '/groups/search', fault: { kind: 'status', status: 200, body } });
  const { snapshot } = await readAll(() => stage.open());
  expect(snapshot.groups[0]?.protectedBecause).toBe('The group grants administration.');
  expect(stage.atlassian.traffic.count('/role-assignments')).toBe(0);
});

it('takes a cursor that must go alone', async () => {
  await openFilled({ ...kindDoubts, cursor: 'alone' });
  for (let index = 0; index < 250; index += 1) stage.organization.addAccount({ email: `p${index}@example.com` });
  const { snapshot } = await readAll(() => stage.open());
  expect([snapshot.accounts.length, snapshot.removals.kind]).toEqual([256, 'allowed']);
});

it('reads 1,000 accounts and 50 groups with one call a hundred, and roles only of groups that have some', async () => {
  stage = await openStage();
  stage.organization.addGroup({ name: 'Wiki', grants: [{ product: 'confluence', role: 'atlassian/user' }] });
  for (let index = 1; index < 50; index += 1) stage.organization.addGroup({ name: `g${index}` });
  for (let index = 0; index < 1_000; index += 1) stage.organization.addAccount({ email: `p${index}@example.com` });
  await readAll(() => stage.open());
  const { traffic } = stage.atlassian;
  expect({
    counts: traffic.count('/count'),
    directories: traffic.count(/directories\?/),
    users: traffic.count('/users/search'),
    groups: traffic.count('/groups/search'),
    roles: traffic.count('/role-assignments'),
    all: traffic.all.length,
    writes: traffic.writes().length,
  }).toEqual({ counts: 4, directories: 1, users: 10, groups: 2, roles: 1, all: 18, writes: 0 });
});

describe('when the directory moves while it is read', () => {
  it('reads again and allows removals when the second reading is complete', async () => {
    await openFilled(kindDoubts);
    const join = () => stage.organization.addAccount({ email: 'late@example.com' });
    stage.atlassian.faults.plan({ path: '/groups/search', fault: { kind: 'meanwhile', run: join } });
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.accounts.some(({ email }) => email === 'late@example.com')).toBe(true);
    expect(snapshot.removals).toEqual({ kind: 'allowed' });
  });

  it('withholds removals and says why after the third time', async () => {
    await openFilled(kindDoubts);
    let joined = 0;
    const join = () => void stage.organization.addAccount({ email: `late${(joined += 1)}@example.com` });
    for (const nth of [1, 1, 1, 1, 1, 1])
      stage.atlassian.faults.plan({ path: '/groups/count', nth, fault: { kind: 'meanwhile', run: join } });
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.removals.kind).toBe('withheld');
    expect(stage.atlassian.traffic.count('/users/count')).toBe(6);
  });

  it('begins again when a place in the list is forgotten', async () => {
    await openFilled(kindDoubts);
    for (let index = 0; index < 150; index += 1) stage.organization.addAccount({ email: `p${index}@example.com` });
    const refused = { kind: 'status', status: 400, body: { errors: [] } } as const;
    stage.atlassian.faults.plan({ path: '/users/search', nth: 2, times: 2, fault: refused });
    const { snapshot } = await readAll(() => stage.open());
    expect([snapshot.accounts.length, snapshot.removals.kind]).toEqual([156, 'allowed']);
  });
});

describe('what ends a reading', () => {
  it.each([
    ['an expired key', 401, 'key-refused', 'stop'],
    ['a key without the right', 403, 'key-without-right', 'stop'],
    ['an unknown organization', 404, 'organization-not-found', 'stop'],
    ['errors of the server that stay', 503, 'server-error', 'retry'],
    ['a quota that stays used up', 429, 'quota', 'retry'],
  ])('%s', async (_name, status, code, fate) => {
    await openFilled(hostileDoubts);
    const body = { message: 'secret detail' };
    stage.atlassian.faults.plan({ path: '/users/search', times: 9, fault: { kind: 'status', status, body } });
    const error: unknown = await readAll(() => stage.open()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'DirectoryError', code, fate });
    expect(JSON.stringify([error, String(error)])).not.toMatch(/secret detail|organization-key/);
  });

  it('goes on after an outage with the pages that were read', async () => {
    await openFilled(kindDoubts);
    for (let index = 0; index < 250; index += 1) stage.organization.addAccount({ email: `p${index}@example.com` });
    stage.atlassian.faults.plan({ path: '/users/search', nth: 3, times: 4, fault: { kind: 'status', status: 503 } });
    const { snapshot, invocations } = await readAll(() => stage.open());
    expect([snapshot.accounts.length, snapshot.removals.kind, invocations]).toEqual([256, 'allowed', 2]);
    expect(stage.atlassian.traffic.count('/users/search')).toBe(3 + 4);
  });

  it.each([['truncated'], ['half JSON']] as const)('a page that is %s never becomes a snapshot', async (kind) => {
    await openFilled(kindDoubts);
    stage.atlassian.faults.plan({ path: '/users/search', times: 9, fault: { kind } });
    await expect(readAll(() => stage.open())).rejects.toMatchObject({ name: 'DirectoryError', fate: 'retry' });
  });

  it('goes on through a passing quota, slower', async () => {
    await openFilled(kindDoubts);
    const quota = { kind: 'status', status: 429, headers: { 'Retry-After': '7' } } as const;
    stage.atlassian.faults.plan({ path: '/users/search', fault: quota });
    const { snapshot } = await readAll(() => stage.open());
    expect(snapshot.accounts).toHaveLength(6);
    expect(stage.waited()).toBeGreaterThanOrEqual(7_000);
  });

  it('asks half as many roles at once after a quota answer', async () => {
    await openFilled(kindDoubts);
    for (let index = 0; index < 60; index += 1) {
      stage.organization.addGroup({ name: `r${index}`, grants: [{ product: 'jira', role: 'atlassian/user' }] });
    }
    await readAll(() => stage.open());
    const before = stage.mostAtOnce();
    stage.atlassian.faults.plan({ path: '/users/search', fault: { kind: 'status', status: 429 } });
    await readAll(() => stage.open());
    expect([before, stage.mostAtOnce()]).toEqual([4, 2]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disableFederation, removeUser } from '../../dev/keycloak/double/realm';
import type { Fault } from '../../dev/keycloak/double/faults';
import { apiKey, openFlow, type Flow, type FlowOptions } from './flow';
import {
  calmDown,
  disable,
  hour,
  invitedAddresses,
  loadFirst,
  outcomes,
  planned,
  readReport,
  sentence,
  statusOf,
  suspended,
  writes,
} from './look';

/*
 * What happened to others: each test is named after an accident of a public project of this field, with the same cause, and
 * asserts that it ends otherwise here.
 */
let flow: Flow;
afterEach(() => flow.stop());

async function settled(options: FlowOptions = {}): Promise<void> {
  flow = await openFlow({ users: 12, groups: 3, ...options });
  await loadFirst(flow);
}

const strike = (match: RegExp, then: Fault): void => void flow.keycloak.faults.push({ match, then });

/** Nothing was written, nobody is suspended, and a sentence says what happened. */
async function endsWithoutHarm(code: string): Promise<void> {
  const before = flow.organization.snapshot();
  const run = await flow.run('full');
  expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code });
  expect(run.failure?.message).toMatch(sentence);
  expect(writes(flow)).toEqual([]);
  expect(flow.organization.snapshot()).toEqual(before);
}

describe('a 503 while reading', () => {
  it('the users ends the run, and deletes nobody', async () => {
    await settled();
    strike(/GET \S*\/users\?/, { kind: 'status', status: 503 });
    await endsWithoutHarm('server-error');
  });

  it('deleted users one by one ends the run, and the next one goes on', async () => {
    await settled();
    const gone = flow.person(0);
    removeUser(flow.realm, gone.id);
    strike(new RegExp(`/users/${gone.id}`), { kind: 'status', status: 503 });
    await endsWithoutHarm('server-error');
    flow.keycloak.faults.splice(0);
    expect((await flow.run('full')).state).toBe('finished');
    expect(suspended(flow)).toEqual([gone.email]);
  });
});

describe('an empty read removed everybody', () => {
  it('not when the list is empty and the count is not', async () => {
    await settled();
    strike(/GET \S*\/users\?/, { kind: 'rows', change: () => [] });
    await endsWithoutHarm('role-too-small');
  });

  it('not when list and count agree that nobody is there', async () => {
    await settled();
    flow.realm.users = flow.realm.users.filter((user) => user.serviceAccountClientId !== undefined);
    await endsWithoutHarm('empty-source');
  });

  it('not when every group is empty at once: the plan waits, and approved it takes what people left themselves', async () => {
    await settled();
    strike(/GET \S*\/members\?/, { kind: 'rows', change: () => [] });
    const held = await flow.run('full');
    expect(held.state).toBe('held');
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'a mistake' });
    const run = await flow.settle(held.id);
    expect(Object.keys(outcomes(run))).toEqual(['refused']);
    expect(writes(flow)).toEqual([]);
  });
});

it('a changed e-mail aborted every run: here the run does the rest, and says what differs', async () => {
  await settled();
  const person = flow.person(0);
  person.email = 'elsewhere@example.com';
  const [left] = disable(flow, 1);
  const run = await flow.run('full');
  expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: { suspend: 1 } });
  expect(suspended(flow)).toEqual([left]);
});

it('an id that was never read back updated everybody each time: here the second run writes nothing', async () => {
  flow = await openFlow({ users: 12, groups: 3 });
  await flow.run('full');
  calmDown(flow);
  flow.stage.atlassian.traffic.clear();
  for (let night = 0; night < 2; night += 1) {
    const run = await flow.run('full');
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    flow.clock.advance(24 * hour);
  }
  expect(writes(flow)).toEqual([]);
});

it('groups that the platform owned were deleted: here they are neither adopted nor emptied, whatever they are named', async () => {
  flow = await openFlow({
    users: 12,
    groups: 3,
    prepare: (organization) => {
      organization.addAccount({ email: 'old-hand@example.com' });
      organization.addGroup({
        name: 'Group 0001',
        platformRoles: ['atlassian/org-admin'],
        members: ['old-hand@example.com'],
      });
      organization.addGroup({ name: 'Group 0002', managedBy: 'team-members', members: ['old-hand@example.com'] });
      organization.addGroup({ name: 'Group 0003', externalSynced: true, members: ['old-hand@example.com'] });
    },
  });
  const run = await flow.run('full');
  expect(run.state).toBe('finished');
  for (const { name } of flow.realm.groups) {
    expect([name, flow.organization.members(name)]).toEqual([name, ['old-hand@example.com']]);
  }
  flow.realm.groups = [];
  flow.realm.memberships = [];
  calmDown(flow);
  await flow.run('full');
  for (const name of ['Group 0001', 'Group 0002', 'Group 0003']) {
    expect([name, flow.organization.members(name)]).toEqual([name, ['old-hand@example.com']]);
  }
});

it.each<[string, Fault, string]>([
  ['500', { kind: 'status', status: 500 }, 'server-error'],
  ['half a list', { kind: 'truncated' }, 'unreadable-answer'],
  ['a page of a proxy', { kind: 'html', status: 200 }, 'unreadable-answer'],
])(
  'a failed page became an empty list, then a full update: here a page of members that answers %s ends the run',
  async (_name, fault, code) => {
    await settled();
    strike(/GET \S*\/members\?/, fault);
    await endsWithoutHarm(code);
  },
);

it('groups keyed by name collided: here two groups of one name in two branches never share their members', async () => {
  flow = await openFlow({ users: 12, groups: 4 });
  const [first, second] = flow.realm.groups;
  if (first === undefined || second === undefined) throw new Error('the realm has no two groups');
  second.name = first.name;
  const run = await flow.run('full');
  expect(run.state).toBe('finished');
  const members = (groupId: string): readonly (string | undefined)[] =>
    flow.realm.memberships
      .filter((each) => each.groupId === groupId)
      .map(({ userId }) => flow.realm.users.find(({ id }) => id === userId)?.email)
      .sort();
  const shown = flow.organization.group(first.name) === undefined ? [] : flow.organization.members(first.name);
  expect([[], members(first.id), members(second.id)]).toContainEqual(shown);
  expect(members(first.id)).not.toEqual(members(second.id));
  const rows = (await readReport(flow, run)).flatMap((row) => (row.kind === 'group' ? [row.row] : []));
  const told = rows.filter(({ operation }) => operation === 'conflict');
  expect(told.map(({ group }) => String(group))).toEqual(expect.arrayContaining([second.id]));
});

it('three to four calls for each group: here it is one, and a handful for the whole', async () => {
  await settled({ users: 30, groups: 12 });
  const before = flow.keycloak.requests.length;
  await flow.run('simulate');
  expect(flow.keycloak.requests.length - before).toBeLessThanOrEqual(12 + 10);
});

describe('the directory was down, all users were blocked, and nothing unblocked them', () => {
  it('here nobody of a federation that is out is suspended', async () => {
    flow = await openFlow({ users: 12, groups: 3 });
    for (let index = 0; index < 8; index += 1) flow.person(index).federationLink = 'ldap-1';
    await loadFirst(flow);
    disableFederation(flow.realm, 'ldap-1');
    const run = await flow.run('full');
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    expect(run.notes?.join(' ')).toMatch(/ldap-1.*outage/);
    expect(suspended(flow)).toEqual([]);
  });

  it('here everybody whom a run suspended comes back when they are enabled again', async () => {
    await settled();
    disable(flow, 0, 1, 2, 3, 4, 5);
    const held = await flow.run('full');
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'believed it' });
    await flow.settle(held.id);
    expect(suspended(flow).length).toBe(6);
    for (const index of [0, 1, 2, 3, 4, 5]) flow.person(index).enabled = true;
    calmDown(flow);
    const back = await flow.run('full');
    // So many at once may be a backup that was restored: somebody looks at it first.
    expect(back.violations?.map(({ guard }) => guard)).toEqual(['back-together']);
    await flow.call('approveRun', { runId: back.id, planHash: back.planHash ?? '', reason: 'LDAP is back' });
    expect((await flow.settle(back.id)).state).toBe('finished');
    expect(suspended(flow)).toEqual([]);
  });
});

it('a reactivated user kept the old groups: here what was left meanwhile is taken with the same run', async () => {
  await settled();
  const person = flow.person(0);
  person.enabled = false;
  await flow.run('full');
  calmDown(flow);
  const [left, kept] = flow.realm.memberships.filter(({ userId }) => userId === person.id);
  if (left === undefined || kept === undefined) throw new Error('the person is in no two groups');
  flow.realm.memberships = flow.realm.memberships.filter((each) => each !== left);
  person.enabled = true;
  expect((await flow.run('full')).state).toBe('finished');
  const name = (id: string): string => flow.realm.groups.find((group) => group.id === id)?.name ?? '';
  expect(statusOf(flow, person.email)).toBe('active');
  expect(flow.organization.members(name(left.groupId))).not.toContain(person.email);
  expect(flow.organization.members(name(kept.groupId))).toContain(person.email);
});

it('an e-mail change unlinked an account silently: here the account stays linked, nobody is invited, and the report says so', async () => {
  await settled();
  const person = flow.person(0);
  const before = person.email;
  person.email = 'married@example.com';
  const run = await flow.run('full');
  const rows = (await readReport(flow, run)).flatMap((each) => (each.kind === 'person' ? [each.row] : []));
  const row = rows.find(({ user }) => String(user) === person.id);
  expect([row?.reason ?? '', ...(row?.notes ?? [])].join(' ')).toMatch(/married@example\.com/);
  expect(invitedAddresses(flow)).toEqual([]);
  person.enabled = false;
  await flow.run('full');
  expect(suspended(flow)).toEqual([before]);
});

it.each([
  ['30 days before', '2027-01-31', /30 days/],
  ['a day before', '2027-01-02', /tomorrow/],
  ['afterwards', '2026-12-31', /expired/],
])('keys expired without a warning: here the page warns %s', async (_when, keyExpiresOn, words) => {
  flow = await openFlow({ users: 4, groups: 2 });
  const { organization, clock } = flow;
  clock.advance(Date.parse('2027-01-01T12:00:00Z') - clock.now());
  await flow.call('saveDirectory', {
    key: apiKey,
    orgId: organization.id,
    directoryId: organization.directoryId(),
    keyExpiresOn,
  });
  expect(JSON.stringify(await flow.call('getDirectory', undefined))).toMatch(words);
});

describe('dry-run flags next to the writes rot', () => {
  it('here a simulated run asks Keycloak for the same and plans the same as a full one, and writes nothing', async () => {
    await settled();
    disable(flow, 0, 1);
    const asked = async (kind: 'simulate' | 'full') => {
      const before = flow.keycloak.requests.length;
      const run = await flow.run(kind);
      const paths = flow.keycloak.requests.slice(before).map(({ method, url }) => `${method} ${url}`);
      return { hash: run.planHash, paths: paths.sort() };
    };
    const simulated = await asked('simulate');
    expect(writes(flow)).toEqual([]);
    expect(simulated.hash).toMatch(/^[0-9a-f]+$/);
    expect(await asked('full')).toEqual(simulated);
    expect(writes(flow).length).toBe(2);
    // And nothing that reads or writes a side knows of simulating.
    const src = join(__dirname, '../../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        /^(atlassian|http|keycloak)\/|^sync\/(apply-(batch|changes|each|invitation)|batch)/.test(file) &&
        file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(20);
    const knowing = files.filter((file) => /simulat|dry.?run/i.test(readFileSync(join(src, file), 'utf8')));
    expect(knowing).toEqual([]);
  });
});

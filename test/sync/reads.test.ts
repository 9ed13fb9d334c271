import type { Fault } from '../../dev/keycloak/double/faults';
import { disableFederation, removeFederation, removeUser } from '../../dev/keycloak/double/realm';
import { keycloakAddress } from '../../dev/stage';
import { apiKey, openFlow, type Flow } from './flow';
import { calmDown, disable, hour, loadFirst, outcomes, planned, sentence, statusOf, suspended } from './look';

const ldap = 'ldap-1';
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
});
afterEach(() => flow.stop());

/** Two people are disabled, so that a run on a bad read would have something to take. */
async function prepare(): Promise<void> {
  await loadFirst(flow);
  disable(flow, 0, 1);
}

const everywhere = (match: RegExp, then: Fault) => () => void flow.keycloak.faults.push({ match, then });
const client = () => {
  const [found] = flow.realm.clients;
  if (found === undefined) throw new Error('the realm has no client');
  return found;
};
const users = /GET \S*\/users\?/;
const members = /GET \S*\/members\?/;

/** Name of the trouble, what brings it about, the code of the failure, and what its sentence names. */
const troubles: readonly (readonly [string, () => void, string, RegExp])[] = [
  ['a page of users answers 500', everywhere(users, { kind: 'status', status: 500 }), 'server-error', /keycloak/i],
  ['a page of users is cut off', everywhere(users, { kind: 'cut' }), 'unreachable', /keycloak/i],
  ['a page of users is no whole JSON', everywhere(users, { kind: 'truncated' }), 'unreadable-answer', /keycloak/i],
  [
    'a page of users ends in an error text',
    everywhere(users, { kind: 'error-in-body' }),
    'unreadable-answer',
    /Keycloak/,
  ],
  ['a page of members answers 500', everywhere(members, { kind: 'status', status: 500 }), 'server-error', /keycloak/i],
  ['a page of members is no whole JSON', everywhere(members, { kind: 'truncated' }), 'unreadable-answer', /keycloak/i],
  ['a proxy answers with a page', everywhere(users, { kind: 'html', status: 200 }), 'unreadable-answer', /keycloak/i],
  ['the connection is reset', everywhere(users, { kind: 'reset' }), 'unreachable', /keycloak/i],
  [
    'the server stops in the middle',
    () => {
      const stop = (): void => flow.stage.moveKeycloak('http://127.0.0.1:1');
      flow.keycloak.faults.push({ match: members, then: { kind: 'change', when: 'after', change: stop } });
    },
    'unreachable',
    /keycloak/i,
  ],
  ['nobody is left in the realm', () => void (flow.realm.users = []), 'empty-source', /realm/],
  ['the client lost its roles', () => void (client().roles = []), 'role-missing', /view-users/],
  [
    'the client may only query',
    () => void (client().roles = ['query-users', 'query-groups']),
    'role-too-small',
    /view-users/,
  ],
  ['the secret was changed', () => void (client().secret = 'another'), 'wrong-client-or-secret', /secret/],
  [
    'service accounts were switched off',
    () => void (client().serviceAccounts = false),
    'service-accounts-off',
    /[Ss]ervice account/,
  ],
  [
    'the egress was revoked in the middle',
    () => {
      const revoke = (): void => flow.stage.platform.egress.revoke(keycloakAddress);
      flow.keycloak.faults.push({ match: users, times: 1, then: { kind: 'change', when: 'after', change: revoke } });
    },
    'address-not-approved',
    /approve/i,
  ],
  ['the organization key expired', () => flow.organization.changeKey(apiKey, 'expired'), 'key-refused', /key/],
  [
    'the organization key expires while the directory is read',
    () => {
      const run = (): void => flow.organization.changeKey(apiKey, 'expired');
      flow.stage.atlassian.faults.plan({ path: 'groups/search', fault: { kind: 'meanwhile', run } });
    },
    'key-refused',
    /key/,
  ],
  [
    'Atlassian answers 500',
    () =>
      flow.stage.atlassian.faults.plan({ path: 'users/search', times: 999, fault: { kind: 'status', status: 500 } }),
    'server-error',
    /Atlassian/,
  ],
  [
    "a page of Atlassian's is no whole JSON",
    () => flow.stage.atlassian.faults.plan({ path: 'users/search', times: 999, fault: { kind: 'half JSON' } }),
    'unreadable-answer',
    /Atlassian/,
  ],
  [
    'Atlassian forbids the read',
    () =>
      flow.stage.atlassian.faults.plan({ path: 'users/search', times: 999, fault: { kind: 'status', status: 403 } }),
    'key-without-right',
    /key/,
  ],
  [
    'storage keeps no snapshot',
    () => {
      flow.stage.platform.controls.onExternal = (operation) =>
        operation.kind === 'kvs' && operation.keys.some((key) => key.endsWith(':source')) ? 'fail-before' : 'continue';
    },
    'storage',
    /storage/,
  ],
];

describe('a read that fails', () => {
  it.each(troubles)('ends the run before planning, and nothing changes: %s', async (_name, arrange, code, words) => {
    await prepare();
    const before = flow.organization.snapshot();
    // Started while everything was well: who may start a run is asked with the organization key.
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' });
    arrange();
    const run = await flow.settle(runId);
    expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code });
    expect(run.failure?.message).toMatch(sentence);
    expect(run.failure?.message).toMatch(words);
    expect(run.counts).toBeUndefined();
    expect(flow.organization.snapshot()).toEqual(before);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('is tried again, and goes on where it was when the server answers', async () => {
    await prepare();
    flow.keycloak.faults.push({ match: users, times: 9, then: { kind: 'status', status: 503 } });
    const run = await flow.run('full');
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 2 } });
  });

  it('leaves the next run to do the work', async () => {
    await prepare();
    flow.keycloak.faults.push({ match: users, times: 40, then: { kind: 'truncated' } });
    expect((await flow.run('full')).state).toBe('failed');
    flow.keycloak.faults.splice(0);
    expect(outcomes(await flow.run('full'))).toEqual({ done: 2 });
  });

  it('changes nothing while storage is full, and goes on when there is room', async () => {
    await prepare();
    const { controls } = flow.stage.platform;
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' });
    controls.storageFull = true;
    await flow.stage.platform.drainQueue({ within: hour });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    controls.storageFull = false;
    const run = await flow.settle(runId);
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 2 } });
  });
});

describe('a read that cannot be proved complete', () => {
  it.each([
    ['the count of users says more', /GET \S*\/users\/count/, { kind: 'count', by: 1 }],
    ['the count of users says less', /GET \S*\/users\/count/, { kind: 'count', by: -1 }],
    ['the count of groups says more', /GET \S*\/groups\/count/, { kind: 'count', by: 1 }],
    ['a page of users is short', users, { kind: 'short', by: 2 }],
  ] as const)('is read again, and then takes nothing and says so: %s', async (_name, match, then) => {
    await prepare();
    flow.keycloak.faults.push({ match, then });
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    expect(run.withheld?.length).toBeGreaterThan(0);
    for (const reason of run.withheld ?? []) expect(reason).toMatch(sentence);
    expect(suspended(flow)).toEqual([]);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    flow.keycloak.faults.splice(0);
    expect(outcomes(await flow.run('full'))).toEqual({ done: 2 });
  });

  it('is read again and found complete when the drift was a moment only', async () => {
    await prepare();
    flow.keycloak.faults.push({ match: /GET \S*\/users\/count/, times: 1, then: { kind: 'count', by: 1 } });
    const run = await flow.run('full');
    expect({ withheld: run.withheld, outcomes: outcomes(run) }).toEqual({ withheld: undefined, outcomes: { done: 2 } });
  });
});

describe('a federation', () => {
  beforeEach(async () => {
    for (let index = 0; index < 6; index += 1) flow.person(index).federationLink = ldap;
    await loadFirst(flow);
  });

  it.each([
    ['disabled', disableFederation],
    ['gone', removeFederation],
  ] as const)('that is %s all at once is an outage: nobody is suspended, night after night', async (_name, strike) => {
    strike(flow.realm, ldap);
    for (let night = 0; night < 3; night += 1) {
      const run = await flow.run('full');
      expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
      expect(run.notes?.[0]).toMatch(/ldap-1.*outage/);
      for (const note of run.notes ?? []) expect(note).toMatch(sentence);
      flow.clock.advance(24 * hour);
    }
    expect(suspended(flow)).toEqual([]);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('whose memberships vanish together keeps them', async () => {
    const people = new Set(
      flow.realm.users.filter(({ federationLink }) => federationLink === ldap).map(({ id }) => id),
    );
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => !people.has(userId));
    const run = await flow.run('full');
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('that lacks one person loses the account after two complete reads twelve hours apart', async () => {
    const gone = flow.person(0);
    removeUser(flow.realm, gone.id);
    const states: string[] = [];
    for (const wait of [0, 6, 5, 2]) {
      flow.clock.advance(wait * hour);
      expect((await flow.run('full')).state).toBe('finished');
      states.push(statusOf(flow, gone.email));
    }
    expect(states).toEqual(['active', 'active', 'active', 'suspended']);
  });

  it('whose missing person comes back keeps the account', async () => {
    const gone = flow.person(0);
    const memberships = flow.realm.memberships.filter(({ userId }) => userId === gone.id);
    removeUser(flow.realm, gone.id);
    await flow.run('full');
    flow.clock.advance(11 * hour);
    flow.realm.users.push(gone);
    flow.realm.memberships.push(...memberships);
    await flow.run('full');
    removeUser(flow.realm, gone.id);
    flow.clock.advance(11 * hour);
    await flow.run('full');
    expect(statusOf(flow, gone.email)).toBe('active');
  });
});

describe("a person of the realm's own", () => {
  const single = () => flow.keycloak.requests.filter(({ path }) => path.endsWith(`/users/${goneId}`));
  let goneId = '';
  beforeEach(async () => {
    await loadFirst(flow);
    goneId = flow.person(0).id;
  });

  it('who vanishes is asked for twice by itself before the account is suspended', async () => {
    const { email } = flow.person(0);
    removeUser(flow.realm, goneId);
    expect((await flow.run('full')).state).toBe('finished');
    expect(single().length).toBe(2);
    expect(statusOf(flow, email)).toBe('suspended');
  });

  it('who is missing from the list and answers by itself keeps the account', async () => {
    const { email } = flow.person(0);
    const without = (rows: readonly unknown[]) => rows.filter((row) => (row as { id: string }).id !== goneId);
    flow.keycloak.faults.push({ match: /GET \S*\/(users|members)\?/, then: { kind: 'rows', change: without } });
    flow.keycloak.faults.push({ match: /GET \S*\/users\/count/, then: { kind: 'count', by: -1 } });
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    expect(single().length).toBeGreaterThan(0);
    expect(statusOf(flow, email)).toBe('active');
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('is never a service account, whatever groups that is in', async () => {
    const service = flow.realm.users.find(({ serviceAccountClientId }) => serviceAccountClientId !== undefined);
    const [group] = flow.realm.groups;
    if (service === undefined || group === undefined) throw new Error('the realm has no service account');
    service.email = 'service@example.com';
    service.emailVerified = true;
    flow.realm.memberships.push({ userId: service.id, groupId: group.id });
    const run = await flow.run('full');
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    expect(flow.organization.account('service@example.com')).toBeUndefined();
  });
});

it('says what was done when the organization key expires between two writes', async () => {
  await prepare();
  disable(flow, 2);
  const run = (): void => flow.organization.changeKey(apiKey, 'expired');
  flow.stage.atlassian.faults.plan({ path: /\/suspend$/, nth: 2, fault: { kind: 'meanwhile', run } });
  const failed = await flow.run('full');
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'key-refused' } });
  const done = suspended(flow);
  expect(done.length).toBe(1);
  expect(outcomes(failed)).toEqual({ done: 1, unconfirmed: 2 });

  flow.organization.changeKey(apiKey, 'valid');
  calmDown(flow);
  expect((await flow.run('full')).state).toBe('finished');
  expect(suspended(flow).length).toBe(3);
  // It remembers all three as its own.
  for (const index of [0, 1, 2]) flow.person(index).enabled = true;
  calmDown(flow);
  // All three at once may come from an old backup.
  const held = await flow.run('full');
  expect({ state: held.state, planned: planned(held) }).toEqual({ state: 'held', planned: { restore: 3 } });
  await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'they are back' });
  expect((await flow.settle(held.id)).state).toBe('finished');
  expect(suspended(flow)).toEqual([]);
});

import { groupScope } from '../domain/model';
import { removeUser } from '../../dev/keycloak/double/realm';
import { sourceGroupId } from '../../src/domain/identity';
import { openFlow, type Flow, type FlowOptions } from './flow';
import { loadFirst, outcomes, planned, readReport, sentence, suspended, writes } from './look';

let flow: Flow;
afterEach(() => flow.stop());

async function open(options: FlowOptions = {}): Promise<void> {
  flow = await openFlow({ users: 12, groups: 3, ...options });
  await loadFirst(flow);
}

/** Takes people out of the first group that each is in, in Keycloak itself. */
function leave(...people: readonly number[]): void {
  for (const index of people) {
    const { id } = flow.person(index);
    const first = flow.realm.memberships.find(({ userId }) => userId === id);
    flow.realm.memberships = flow.realm.memberships.filter((membership) => membership !== first);
  }
}

/** Leaves people out of every list of members, while their own records stay as they are. */
function hide(...people: readonly number[]): void {
  const ids = new Set(people.map((index) => flow.person(index).id));
  const change = (rows: readonly unknown[]) => rows.filter((row) => !ids.has((row as { readonly id: string }).id));
  flow.keycloak.faults.push({ match: /GET \S*\/members\?/, then: { kind: 'rows', change } });
}

/** How many people Keycloak was asked about by their own record. */
const asked = (): number =>
  new Set(flow.keycloak.requests.flatMap(({ path }) => /\/users\/[^/]+\/groups$/.exec(path) ?? [])).size;

describe('before a membership is taken away', () => {
  it("the person's own groups are read, and where they agree it goes", async () => {
    await open();
    leave(0);
    const run = await flow.run('full');
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 1 } });
    expect(asked()).toBe(1);
    expect(writes(flow).length).toBe(1);
  });

  it('a record that still names the group keeps it, and the report says why', async () => {
    await open();
    leave(0);
    hide(1);
    const run = await flow.run('full');
    // Person 1 is missing from two lists, and rightly from none.
    expect({ state: run.state, planned: planned(run), outcomes: outcomes(run) }).toEqual({
      state: 'finished',
      planned: { 'remove-member': 3 },
      outcomes: { done: 1, refused: 2 },
    });
    expect(writes(flow).length).toBe(1);
    expect(run.notes).toContain(
      "2 removals are left out: Keycloak's lists and its records of these people do not agree.",
    );
    const told = (await readReport(flow, run)).flatMap(({ changes }) => changes.map(({ message }) => message ?? ''));
    expect(told.filter((message) => /still names the group/.test(message)).length).toBe(2);
    for (const message of told.filter((each) => each !== '')) expect(message).toMatch(sentence);
  });

  it('nobody is asked about when the run is simulated or held', async () => {
    await open();
    leave(0, 1, 2, 3, 4, 5, 6, 7);
    expect((await flow.run('simulate')).state).toBe('simulated');
    expect((await flow.run('full')).state).toBe('held');
    expect(asked()).toBe(0);
  });

  it('an approved plan is confirmed as well, and takes nothing that the records contradict', async () => {
    await open();
    hide(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    const held = await flow.run('full');
    expect({ state: held.state, planned: planned(held) }).toEqual({ state: 'held', planned: { 'remove-member': 24 } });
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'looks right' });
    const run = await flow.settle(held.id);
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { refused: 24 } });
    expect(writes(flow)).toEqual([]);
  });

  it('a person who is gone by then keeps it until a complete read', async () => {
    await open();
    leave(0);
    const { id } = flow.person(0);
    const match = new RegExp(`/users/${id}/groups`);
    const change = (): void => removeUser(flow.realm, id);
    flow.keycloak.faults.push({ match, then: { kind: 'change', when: 'before', change } });
    const run = await flow.run('full');
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { refused: 1 } });
    expect(writes(flow)).toEqual([]);
  });

  it('a record that cannot be read ends the run', async () => {
    await open();
    leave(0);
    flow.keycloak.faults.push({ match: /\/users\/[^/]+\/groups/, then: { kind: 'truncated' } });
    const run = await flow.run('full');
    expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code: 'unreadable-answer' });
    expect(writes(flow)).toEqual([]);
  });
});

describe('before somebody is suspended for having left the required groups', () => {
  beforeEach(async () => {
    flow = await openFlow({ users: 12, groups: 3 });
    const [group] = flow.realm.groups;
    if (group === undefined) throw new Error('the realm has no group');
    for (const { id: userId } of flow.realm.users) {
      const there = flow.realm.memberships.some((each) => each.userId === userId && each.groupId === group.id);
      if (!there) flow.realm.memberships.push({ userId, groupId: group.id });
    }
    const scope = groupScope([sourceGroupId(group.id)], false);
    await flow.save((settings) => ({ ...settings, scope }));
    await loadFirst(flow);
  });

  it('a record that names none of them agrees', async () => {
    const { id, email } = flow.person(0);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== id);
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    expect(suspended(flow)).toEqual([email]);
    expect(asked()).toBe(1);
  });

  it('a record that names one keeps account and memberships', async () => {
    hide(0);
    const run = await flow.run('full');
    expect({ state: run.state, suspended: suspended(flow) }).toEqual({ state: 'finished', suspended: [] });
    expect(planned(run)).toMatchObject({ suspend: 1 });
    expect(Object.keys(outcomes(run))).toEqual(['refused']);
    expect(writes(flow)).toEqual([]);
  });
});

describe('with few calls in an invocation', () => {
  it('the next one goes on asking, and all that agree go', async () => {
    await open({ consumerCalls: 60 });
    leave(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    const held = await flow.run('full');
    expect(held.state).toBe('held');
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'they moved' });
    const run = await flow.settle(held.id);
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 12 } });
    expect(asked()).toBe(12);
    expect(run.step).toBeGreaterThan(held.step + 3);
  });

  it('what there is no room to ask about stays, and the report says so', async () => {
    await open({ consumerCalls: 46, users: 40 });
    leave(0);
    for (const person of [flow.person(1), flow.person(2), flow.person(3)]) removeUser(flow.realm, person.id);
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    expect(asked()).toBe(0);
    expect(outcomes(run)).toMatchObject({ 'not-reached': 1 });
    expect(run.notes).toContainEqual(expect.stringMatching(/^1 removals wait for a later run/));
  });
});

describe('before somebody of a federation is suspended for being disabled', () => {
  /** Shows a person disabled in every list, while their own record stays as it is. */
  const showDisabled = (id: string): void => {
    const change = (rows: readonly unknown[]) =>
      rows.map((row) => ((row as { readonly id: string }).id === id ? { ...(row as object), enabled: false } : row));
    flow.keycloak.faults.push({ match: /GET \S*\/users\?/, then: { kind: 'rows', change } });
  };
  const federate = (index: number) => {
    const person = flow.person(index);
    person.federationLink = 'ldap-1';
    return person;
  };

  beforeEach(async () => {
    flow = await openFlow({ users: 12, groups: 3 });
    for (const index of [0, 1, 2, 3, 4, 5]) federate(index);
    await loadFirst(flow);
  });

  it('the record is read, and an enabled one keeps the account', async () => {
    showDisabled(flow.person(0).id);
    const run = await flow.run('full');
    expect({ state: run.state, refused: outcomes(run)['refused'] ?? 0, done: outcomes(run)['done'] ?? 0 }).toEqual({
      state: 'finished',
      refused: Object.values(planned(run)).reduce((sum, count) => sum + count, 0),
      done: 0,
    });
    expect(writes(flow)).toEqual([]);
    const told = (await readReport(flow, run)).flatMap(({ changes }) =>
      changes.flatMap(({ message }) => message ?? []),
    );
    expect(told).toContain(
      "Keycloak's record of this person is enabled, although its list of users showed it disabled: nothing is taken.",
    );
  });

  it('a record that is disabled as well lets the account go', async () => {
    flow.person(0).enabled = false;
    const run = await flow.run('full');
    expect([run.state, planned(run)['suspend'], suspended(flow).length]).toEqual(['finished', 1, 1]);
  });

  it('a record that cannot be read ends the run', async () => {
    const person = flow.person(0);
    person.enabled = false;
    flow.keycloak.faults.push({ match: new RegExp(`/users/${person.id}$`), then: { kind: 'truncated' } });
    const run = await flow.run('full');
    expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code: 'unreadable-answer' });
    expect(writes(flow)).toEqual([]);
  });

  it("people who are no one else's are not asked about", async () => {
    flow.person(8).enabled = false;
    const run = await flow.run('full');
    expect([run.state, suspended(flow).length]).toEqual(['finished', 1]);
    expect(flow.keycloak.requests.filter(({ path }) => path.endsWith(`/users/${flow.person(8).id}`))).toEqual([]);
  });
});

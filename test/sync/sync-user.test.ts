import { groupScope } from '../domain/model';
import type { DoubleUser } from '../../dev/keycloak/double/realm';
import type { Run } from '../../src/domain/run';
import { openFlow, type Flow } from './flow';
import { calmDown, disable, loadFirst, outcomes, planned, readReport, statusOf, suspended } from './look';

let flow: Flow;
afterEach(() => flow.stop());

/** Twelve people, all of whom are in scope by one of three required groups, and a calm organization. */
async function openCalm(): Promise<void> {
  flow = await openFlow({ users: 12, groups: 3 });
  const groupIds = flow.realm.groups.map(({ id }) => id) as never;
  await flow.save((settings) => ({ ...settings, scope: groupScope(groupIds, false) }));
  await loadFirst(flow);
}

async function sync(person: DoubleUser, kind: 'simulate' | 'full' = 'full', suspend?: boolean): Promise<Run> {
  const { connectorId } = flow;
  const { runId } = await flow.call('syncUser', {
    connectorId,
    user: person.id,
    kind,
    ...(suspend === undefined ? {} : { suspend }),
  });
  return flow.settle(runId);
}

/** Takes the person out of the first own group, and puts them into one more. */
function move(person: DoubleUser): { readonly left: string; readonly joined: string } {
  const name = (id: string | undefined) => flow.realm.groups.find((group) => group.id === id)?.name ?? '';
  const own = flow.realm.memberships.filter(({ userId }) => userId === person.id);
  const joined = flow.realm.groups.find(({ id }) => own.every(({ groupId }) => groupId !== id));
  if (joined === undefined) throw new Error('the person is in every group');
  flow.realm.memberships = [
    ...flow.realm.memberships.filter((each) => each !== own[0]),
    { userId: person.id, groupId: joined.id },
  ];
  return { left: name(own[0]?.groupId), joined: joined.name };
}

const accountOf = (person: DoubleUser) => flow.organization.account(person.email ?? '')?.id ?? 'no account';

/** Whom the writes concern: every account whose id is in a path or a body. */
function written(): readonly string[] {
  const accounts = flow.organization.snapshot().accounts.map(({ email }) => flow.organization.account(email)?.id ?? '');
  const texts = flow.stage.atlassian.traffic
    .writes()
    .map(({ path, body }) => `${decodeURIComponent(path)} ${JSON.stringify(body ?? {})}`);
  return accounts.filter((id) => id !== '' && texts.some((text) => text.includes(id)));
}

describe('syncing one person', () => {
  beforeEach(openCalm);

  it('writes the changes of this person alone, and leaves those of others to the next sync', async () => {
    const [one, other] = [flow.person(0), flow.person(1)];
    const { left, joined } = move(one);
    move(other);
    disable(flow, 2);
    const run = await sync(one);
    expect({ state: run.state, planned: planned(run), outcomes: outcomes(run) }).toEqual({
      state: 'finished',
      planned: { 'add-member': 1, 'remove-member': 1 },
      outcomes: { done: 2 },
    });
    expect(written()).toEqual([accountOf(one)]);
    expect(flow.stage.atlassian.traffic.writes()).toHaveLength(2);
    expect(flow.organization.members(joined)).toContain(one.email);
    expect(flow.organization.members(left)).not.toContain(one.email);
    calmDown(flow);
    expect(planned(await flow.run('full'))).toEqual({ 'add-member': 1, 'remove-member': 1, suspend: 1 });
  });

  it('reports this person and their groups, and nobody else', async () => {
    const one = flow.person(0);
    const { left } = move(one);
    const run = await sync(one);
    const own = flow.realm.memberships.filter(({ userId }) => userId === one.id).map(({ groupId }) => groupId);
    const names = flow.realm.groups.filter(({ id }) => own.includes(id)).map(({ name }) => name);
    const rows = await readReport(flow, run);
    expect(rows.filter(({ kind }) => kind === 'person').map(({ row }) => row)).toMatchObject([{ user: one.id }]);
    expect(
      rows
        .filter(({ kind }) => kind === 'group')
        .map(({ row }) => row.name)
        .sort(),
    ).toEqual([...names, left].sort());
    expect(run.only).toEqual({ user: one.id, suspend: false });
    expect(run.notes).toContain('Only one person is synced: nobody else is changed, and nothing is cleaned up.');
  });

  it('invites somebody new with the group that this person needs, and creates no other', async () => {
    const [anna, bert] = ['anna', 'bert'].map((name) => ({
      ...flow.person(0),
      id: `new-${name}`,
      username: name,
      email: `${name}@example.com`,
    }));
    if (anna === undefined || bert === undefined) throw new Error('nobody is new');
    const [base] = flow.realm.groups;
    if (base === undefined) throw new Error('the realm has no groups');
    flow.realm.users.push(anna, bert);
    flow.realm.groups.push({ ...base, id: 'g-anna', name: 'only anna' }, { ...base, id: 'g-bert', name: 'only bert' });
    flow.realm.memberships.push(
      ...[anna, bert].flatMap(({ id, username }) => [
        { userId: id, groupId: base.id },
        { userId: id, groupId: `g-${username}` },
      ]),
    );
    const run = await sync(anna);
    expect({ state: run.state, outcomes: outcomes(run), planned: planned(run) }).toEqual({
      state: 'finished',
      outcomes: { done: 4 },
      planned: { 'create-group': 1, invite: 1, 'add-member': 2 },
    });
    const groups = flow.organization.snapshot().groups.map(({ name }) => name);
    expect(groups).toContain('only anna');
    expect(groups).not.toContain('only bert');
    expect(flow.organization.account('bert@example.com')).toBeUndefined();
  });

  it('takes nothing from somebody who left the scope, whatever was confirmed', async () => {
    const one = flow.person(0);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== one.id);
    const run = await sync(one, 'full', true);
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    const [row] = await readReport(flow, run);
    expect(row?.row).toMatchObject({
      operation: 'held-back',
      reason: 'Is no longer in scope. Syncing one person never cleans up: the next sync of everybody does.',
    });
    expect(planned(await flow.run('simulate'))).toMatchObject({ suspend: 1, 'remove-member': 2 });
  });

  it('takes nothing from somebody who is gone from Keycloak', async () => {
    const one = flow.person(0);
    flow.realm.users = flow.realm.users.filter(({ id }) => id !== one.id);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== one.id);
    const run = await sync(one, 'full', true);
    expect({ state: run.state, planned: planned(run) }).toEqual({ state: 'finished', planned: {} });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    expect(statusOf(flow, one.email)).toBe('active');
  });

  it('suspends somebody who is disabled in Keycloak only on express confirmation, and nobody else', async () => {
    const [email] = disable(flow, 0, 1);
    const plain = await sync(flow.person(0));
    expect({ state: plain.state, planned: planned(plain) }).toEqual({ state: 'finished', planned: {} });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    const [row] = await readReport(flow, plain);
    expect(row?.row).toMatchObject({
      operation: 'held-back',
      reason: 'Is disabled in Keycloak. Deactivating one person needs your express confirmation.',
    });
    const confirmed = await sync(flow.person(0), 'full', true);
    expect({ state: confirmed.state, outcomes: outcomes(confirmed) }).toEqual({
      state: 'finished',
      outcomes: { done: 1 },
    });
    expect(suspended(flow)).toEqual([email]);
    expect(written()).toEqual([accountOf(flow.person(0))]);
    // The link knows whose suspension it is, so that the person may come back.
    flow.person(0).enabled = true;
    calmDown(flow);
    expect(planned(await sync(flow.person(0)))).toEqual({ restore: 1 });
  });

  it('writes nothing when it is simulated', async () => {
    move(flow.person(0));
    const run = await sync(flow.person(0), 'simulate');
    expect({ state: run.state, planned: planned(run) }).toEqual({
      state: 'simulated',
      planned: { 'add-member': 1, 'remove-member': 1 },
    });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('applies no more of a shown plan than was this person’s', async () => {
    const one = flow.person(0);
    move(one);
    const shown = await sync(one, 'simulate');
    move(flow.person(1));
    const { runId } = await flow.call('applyPlan', {
      runId: shown.id,
      planHash: shown.planHash ?? '',
      reason: '',
      selection: { kind: 'all' },
    });
    const run = await flow.settle(runId);
    expect({ state: run.state, outcomes: outcomes(run), only: run.only }).toEqual({
      state: 'finished',
      outcomes: { done: 2 },
      only: shown.only,
    });
    expect(written()).toEqual([accountOf(one)]);
  });

  it('accepts nothing for others: changed rules still hold the next sync', async () => {
    await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, createMissing: false } }));
    const one = flow.person(0);
    const { joined } = move(one);
    const [gained] = flow.realm.memberships.filter(({ userId }) => userId === one.id);
    disable(flow, 3);
    flow.realm.memberships = [
      ...flow.realm.memberships.filter(({ userId }) => userId !== one.id),
      ...(gained === undefined ? [] : [gained]),
    ];
    expect(joined).not.toBe('');
    const held = await sync(one);
    expect(held.violations?.map(({ guard }) => guard)).toEqual(['rules-changed']);
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'this one' });
    expect((await flow.settle(held.id)).state).toBe('finished');
    const everybody = await flow.run('full');
    expect(everybody.violations?.map(({ guard }) => guard)).toEqual(['rules-changed']);
  });

  it('leaves a held plan of everybody to its administrator', async () => {
    disable(flow, 4, 5, 6, 7, 8);
    const held = await flow.run('full');
    expect(held.state).toBe('held');
    move(flow.person(0));
    expect((await sync(flow.person(0))).state).toBe('finished');
    expect((await flow.call('getRun', { runId: held.id })).state).toBe('held');
  });

  it('has nothing to do for somebody whom the connector does not concern', async () => {
    const run = await sync({ ...flow.person(0), id: 'nobody' });
    expect({ state: run.state, planned: planned(run), notes: run.notes }).toEqual({
      state: 'finished',
      planned: {},
      notes: ['The person is not in scope and has no linked account, so nothing is to be done.'],
    });
  });
});

it('leaves the limits of a first load to the first sync of everybody', async () => {
  flow = await openFlow({ users: 4, groups: 1 });
  const run = await sync(flow.person(0));
  expect({ state: run.state, invited: planned(run)['invite'] }).toEqual({ state: 'finished', invited: 1 });
  const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
  expect(settings.limits).toBe('first-load');
});

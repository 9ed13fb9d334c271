import type { PersonRow } from '../../src/domain/plan';
import type { Run } from '../../src/domain/run';
import type { DoubleUser } from '../../dev/keycloak/double/realm';
import { openFlow, secret, type Flow, type FlowOptions } from './flow';
import { calmDown, loadFirst, planned, readReport, statusOf, suspended } from './look';

let flow: Flow;
afterEach(() => flow.stop());
const open = async (options: FlowOptions = {}) => {
  flow = await openFlow({ users: 12, groups: 3, ...options });
};

/** The row of each of these people, by user name. */
async function rowsOf(run: Run, ...people: readonly DoubleUser[]): Promise<readonly (PersonRow | undefined)[]> {
  const rows = await readReport(flow, run);
  const persons = rows.flatMap((row) => (row.kind === 'person' ? [row.row] : []));
  return people.map(({ id }) => persons.find(({ user }) => user === id));
}

const full = async () => {
  const run = await flow.run('full');
  calmDown(flow);
  return run;
};

/** The person as an import of the same people would make them anew: everything the same, but the id. */
function reimport(index: number): { readonly before: DoubleUser; readonly after: DoubleUser } {
  const before = flow.person(index);
  const after = { ...before, id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` };
  flow.realm.users = flow.realm.users.map((user) => (user === before ? after : user));
  flow.realm.memberships = flow.realm.memberships.map(({ userId, groupId }) => ({
    userId: userId === before.id ? after.id : userId,
    groupId,
  }));
  return { before, after };
}

const confirm = (...rows: readonly (PersonRow | undefined)[]) =>
  flow.call('confirmMatches', {
    connectorId: flow.connectorId,
    matches: rows.map((row) => ({ user: row?.user ?? '', accountId: row?.candidate?.accountId ?? '' })),
  });

describe('a match that an administrator confirms', () => {
  it('links the account of an unproven address, and stays quiet afterwards', async () => {
    await open();
    const person = flow.person(0);
    person.emailVerified = false;
    flow.organization.addAccount({ email: person.email ?? '', name: 'Somebody' });
    const first = await full();
    const [row] = await rowsOf(first, person);
    expect(row).toMatchObject({
      operation: 'conflict',
      candidate: { name: 'Somebody', email: person.email, why: 'unproven-email', agrees: false },
    });
    await confirm(row);
    const second = await full();
    expect((await rowsOf(second, person))[0]).toMatchObject({
      operation: 'adopted',
      accountId: row?.candidate?.accountId,
    });
    const third = await full();
    expect({ state: third.state, planned: planned(third) }).toEqual({ state: 'finished', planned: {} });
  });

  it('of two clicks at once loses none', async () => {
    await open();
    const people = [0, 1, 2, 3].map((index) => flow.person(index));
    for (const person of people) {
      person.emailVerified = false;
      flow.organization.addAccount({ email: person.email ?? '', name: 'Somebody' });
    }
    const rows = await rowsOf(await full(), ...people);
    await Promise.all(rows.map((row) => confirm(row)));
    expect(planned(await flow.run('simulate'))).toMatchObject({ 'adopt-account': 4 });
  });

  it('puts somebody back who came under a new Keycloak id: nobody loses anything before or after', async () => {
    await open();
    await loadFirst(flow);
    const { before, after } = reimport(0);
    const found = await full();
    expect({ state: found.state, planned: planned(found) }).toEqual({ state: 'finished', planned: {} });
    const [row, old] = await rowsOf(found, after, before);
    expect([row?.operation, row?.candidate?.why, row?.candidate?.agrees]).toEqual(['conflict', 'relink', true]);
    expect([old?.operation, old?.candidate]).toEqual(['conflict', undefined]);
    await confirm(row);
    expect(planned(await full())).toEqual({ 'adopt-account': 1 });
    expect(planned(await full())).toEqual({});
    after.enabled = false;
    await full();
    expect(suspended(flow)).toEqual([after.email]);
  });

  it('is held when more than ten people are relinked at once', async () => {
    await open();
    await loadFirst(flow);
    const imported = Array.from({ length: 11 }, (_, index) => reimport(index).after);
    const rows = await rowsOf(await full(), ...imported);
    await confirm(...rows);
    const run = await flow.run('full');
    expect(run.violations?.map(({ guard, found, limit }) => [guard, found, limit])).toEqual([
      ['accounts-reactivated', 11, 10],
    ]);
    expect(suspended(flow)).toEqual([]);
  });
});

describe('a release', () => {
  it('lets go of an account, which is neither adopted again by itself nor suspended, until it is confirmed', async () => {
    await open();
    await loadFirst(flow);
    const person = flow.person(0);
    const { connectorId } = flow;
    await flow.call('releaseAccount', { connectorId, user: person.id });
    const run = await full();
    expect(planned(run)).toEqual({});
    const [row] = await rowsOf(run, person);
    expect(row).toMatchObject({ operation: 'filtered', reason: expect.stringContaining('Released') as string });
    person.enabled = false;
    await full();
    expect(statusOf(flow, person.email)).toBe('active');
    person.enabled = true;
    await flow.call('confirmMatches', { connectorId, matches: [{ user: person.id, accountId: row?.accountId ?? '' }] });
    expect(planned(await full())).toEqual({ 'adopt-account': 1 });
  });

  it('lets go of an adopted group without touching its members', async () => {
    await open();
    const [group] = flow.realm.groups;
    const name = group?.name ?? '';
    flow.organization.addGroup({ name });
    const { id: groupId = '' } = flow.organization.group(name) ?? {};
    const { connectorId } = flow;
    await flow.call('adoptGroup', { connectorId, sourceGroupId: group?.id ?? '', groupId, mode: 'take-over' });
    await full();
    await full();
    const members = flow.organization.members(name);
    expect(members.length).toBeGreaterThan(0);
    await flow.call('releaseGroup', { connectorId, sourceGroupId: group?.id ?? '' });
    flow.realm.memberships = flow.realm.memberships.filter((each) => each.groupId !== group?.id);
    const run = await full();
    expect(planned(run)).toEqual({});
    const rows = await readReport(flow, run);
    expect(
      rows.flatMap((row) => (row.kind === 'group' && row.row.group === group?.id ? [row.row.operation] : [])),
    ).toEqual(['conflict']);
    expect(flow.organization.members(name)).toEqual(members);
  });

  it('is refused for what has nobody else to take care of it', async () => {
    await open();
    await loadFirst(flow);
    const { connectorId } = flow;
    const [group] = flow.realm.groups;
    await expect(flow.call('releaseGroup', { connectorId, sourceGroupId: group?.id ?? '' })).rejects.toThrow('created');
    const person = flow.person(0);
    person.enabled = false;
    await full();
    await expect(flow.call('releaseAccount', { connectorId, user: person.id })).rejects.toThrow('suspended');
    await expect(flow.call('releaseAccount', { connectorId, user: 'nobody' })).rejects.toThrow('no linked account');
  });
});

describe('another issuer', () => {
  it('takes nothing from anybody until an administrator approves that it is the same realm', async () => {
    await open();
    await loadFirst(flow);
    // The double looks its name up at each request; only its type says that nobody renames a realm.
    (flow.realm as { name: string }).name = 'renamed';
    const { connectorId } = flow;
    const { settings, revision } = await flow.call('getConnector', { connectorId });
    const renamed = { ...settings, keycloak: { ...settings.keycloak, realm: 'renamed' } };
    await flow.call('saveConnector', { connectorId, revision, settings: renamed, clientSecret: secret });
    const [first, second] = [flow.person(0), flow.person(1)];
    first.enabled = false;
    const held = await flow.run('full');
    expect({ state: held.state, guards: held.violations?.map(({ guard }) => guard), planned: planned(held) }).toEqual({
      state: 'held',
      guards: ['issuer-changed'],
      planned: {},
    });
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'renamed' });
    expect((await flow.settle(held.id)).state).toBe('finished');
    expect(suspended(flow)).toEqual([]);
    calmDown(flow);
    second.enabled = false;
    const after = await full();
    expect({ state: after.state, planned: planned(after) }).toEqual({ state: 'finished', planned: { suspend: 2 } });
  });
});

describe('another writer', () => {
  const schedule = async () => {
    const { connectorId } = flow;
    const { settings } = await flow.call('getConnector', { connectorId });
    const [row] = await flow.call('listConnectors', undefined);
    return { enabled: settings.schedule.enabled, why: row?.pausedBecause };
  };

  it('is noticed when it undoes the same things in two runs: the run waits and the schedule rests', async () => {
    await open();
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: true } }));
    await loadFirst(flow);
    const undo = () => {
      for (const { name, members } of flow.organization.snapshot().groups) {
        for (const member of members) {
          if (flow.realm.groups.some((group) => group.name === name)) flow.organization.removeMember(name, member);
        }
      }
      calmDown(flow);
    };
    undo();
    expect((await full()).state).toBe('finished');
    undo();
    expect((await flow.run('simulate')).violations?.map(({ guard }) => guard)).toEqual(['another-writer']);
    expect(await schedule()).toEqual({ enabled: true, why: undefined });
    const held = await flow.run('full');
    expect([held.state, held.violations?.map(({ guard }) => guard)]).toEqual(['held', ['another-writer']]);
    expect(held.violations?.[0]?.message).toContain('Another writer is at work');
    expect(await schedule()).toEqual({
      enabled: false,
      why: 'Another writer is at work on the same groups or accounts.',
    });
  });
});

describe('a file of links', () => {
  it('carries everything but secrets, and links again in a new connector only what is proven or confirmed', async () => {
    await open();
    await loadFirst(flow);
    const { connectorId } = flow;
    const gone = flow.person(3);
    gone.enabled = false;
    await full();
    const file = await flow.call('exportLinks', { connectorId });
    expect([file.accounts.length, file.groups.length, file.issuer]).toEqual([12, 3, expect.stringMatching(/staff$/)]);
    expect(file.groups.map(({ mark }) => mark)).toEqual(
      file.groups.map(({ sourceGroupId }) => expect.stringContaining(sourceGroupId) as string),
    );
    expect(JSON.stringify(file)).not.toContain(secret);
    const listed = await flow.call('listSuspended', { connectorId });
    expect(listed.map(({ user, email }) => [user, email])).toEqual([[gone.id, gone.email]]);
    expect(file.accounts.filter(({ suspendedAt }) => suspendedAt !== undefined).map(({ user }) => user)).toEqual([
      gone.id,
    ]);

    const unproven = flow.person(0);
    unproven.emailVerified = false;
    const { settings } = await flow.call('getConnector', { connectorId });
    await flow.call('deleteConnector', { connectorId });
    const again = await flow.call('saveConnector', { settings, clientSecret: secret });
    const simulate = async () => {
      const { runId } = await flow.call('startRun', { connectorId: again.id, kind: 'simulate' });
      return flow.settle(runId);
    };
    expect(planned(await simulate())).toMatchObject({ 'adopt-account': 10 });
    expect(await flow.call('importLinks', { connectorId: again.id, file })).toEqual({ accounts: 12, groups: 3 });
    // One more by the confirmation that the file stands for; who is disabled has no account to be linked to.
    expect(planned(await simulate())).toMatchObject({ 'adopt-account': 11, 'adopt-group': 3 });

    const runAgain = async () => {
      const { runId } = await flow.call('startRun', { connectorId: again.id, kind: 'full' });
      const run = await flow.settle(runId);
      calmDown(flow);
      return planned(run);
    };
    await runAgain();
    expect(await runAgain()).toEqual({});
    // The suspension was ours, and the file says so: whoever comes back is linked, then reactivated.
    gone.enabled = true;
    expect(await runAgain()).toMatchObject({ 'adopt-account': 1 });
    expect(await runAgain()).toMatchObject({ restore: 1 });
    expect(statusOf(flow, gone.email)).toBe('active');
  });
});

import type { Run } from '../../src/domain/run';
import { openFlow, type Flow } from './flow';
import { calmDown, disable, loadFirst, outcomes, planned, readReport, statusOf, suspended, writes } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 40, groups: 4 });
  await loadFirst(flow);
});
afterEach(() => flow.stop());

const undo = async (run: Run, kind: 'simulate' | 'full' = 'full') => {
  const { runId } = await flow.call('undoRun', { runId: run.id, kind });
  return flow.settle(runId);
};

/** Who is in which group, by address. */
function memberships(): Readonly<Record<string, readonly string[]>> {
  const { groups } = flow.realm;
  return Object.fromEntries(groups.map(({ name }) => [name, [...flow.organization.members(name)].sort()]));
}

/** Two are disabled, one leaves a group, one joins one. */
async function change(): Promise<Run> {
  disable(flow, 0, 1);
  const [leaving] = flow.realm.memberships.splice(
    flow.realm.memberships.findIndex(({ userId }) => userId === flow.person(5).id),
    1,
  );
  const other = flow.realm.groups.find(
    ({ id }) => !flow.realm.memberships.some(({ userId, groupId }) => userId === flow.person(6).id && groupId === id),
  );
  if (leaving === undefined || other === undefined) throw new Error('nobody to move');
  flow.realm.memberships.push({ userId: flow.person(6).id, groupId: other.id });
  const run = await flow.run('full');
  expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 4 } });
  calmDown(flow);
  return run;
}

describe('undo', () => {
  it('restores who was suspended, puts back what was removed and takes back what was added', async () => {
    const before = { suspended: suspended(flow), memberships: memberships() };
    const run = await change();
    expect({ suspended: suspended(flow), memberships: memberships() }).not.toEqual(before);
    const undone = await undo(run);
    expect({ state: undone.state, outcomes: outcomes(undone) }).toEqual({ state: 'finished', outcomes: { done: 4 } });
    expect({ suspended: suspended(flow), memberships: memberships() }).toEqual(before);
    expect(undone.undoes).toBe(run.id);
  });

  it('shows what it would do and writes nothing when it is simulated, and that plan can be applied', async () => {
    const run = await change();
    flow.stage.atlassian.traffic.clear();
    const shown = await undo(run, 'simulate');
    expect(planned(shown)).toEqual({ restore: 2, 'add-member': 1, 'remove-member': 1 });
    expect(writes(flow)).toEqual([]);
    const order = {
      runId: shown.id,
      planHash: shown.planHash ?? '',
      reason: 'too early',
      selection: { kind: 'all' },
    } as const;
    const { runId } = await flow.call('applyPlan', order);
    expect(outcomes(await flow.settle(runId))).toEqual({ done: 4 });
    expect(suspended(flow)).toEqual([]);
  });

  it('pauses the schedule, or the next night would do it again', async () => {
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: true } }));
    await undo(await change());
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    expect(settings.schedule.enabled).toBe(false);
  });

  it('leaves alone what somebody changed since', async () => {
    const run = await change();
    const email = flow.person(0).email;
    flow.organization.restoreByHand(email ?? '');
    const undone = await undo(run);
    expect(outcomes(undone)).toEqual({ done: 3 });
    expect(statusOf(flow, email)).toBe('active');
  });

  it('says what cannot be undone, at the person and for the whole run', async () => {
    const shown = await flow.run('simulate');
    expect(planned(shown)).toEqual({});
    flow.realm.users.push({ ...flow.person(7), id: 'new-one', username: 'new-one', email: 'new-one@example.com' });
    const run = await flow.run('full');
    calmDown(flow);
    const undone = await undo(run, 'simulate');
    expect(undone.notes?.join(' ')).toContain('1 invitations');
    const rows = await readReport(flow, undone);
    expect(rows.flatMap(({ row }) => row.notes).join(' ')).toContain('an invitation cannot be taken back');
  });

  it('does not make rules accepted that nobody approved', async () => {
    const run = await change();
    await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, createMissing: false } }));
    await undo(run);
    calmDown(flow);
    // Both are still disabled in Keycloak, and nobody has seen what the changed rules take.
    const next = await flow.run('full');
    expect({ state: next.state, guards: next.violations?.map(({ guard }) => guard) }).toEqual({
      state: 'held',
      guards: ['rules-changed'],
    });
  });

  it('refuses a simulated run: it did nothing', async () => {
    await expect(undo(await flow.run('simulate'))).rejects.toThrow(/full run that has ended/);
  });
});

describe('restoring what a connector suspended, before it is deleted', () => {
  it('lists and restores all of it, of whatever run, and nobody whom somebody else suspended', async () => {
    const [first] = disable(flow, 0);
    await flow.run('full');
    calmDown(flow);
    const [second] = disable(flow, 1);
    await flow.run('full');
    calmDown(flow);
    const other = flow.person(2).email ?? '';
    flow.organization.suspendByHand(other);
    const { connectorId } = flow;
    const listed = await flow.call('listSuspended', { connectorId });
    expect(listed.map(({ email }) => email).sort()).toEqual([first, second].sort());
    const { runId } = await flow.call('restoreSuspended', { connectorId, kind: 'full' });
    const run = await flow.settle(runId);
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'finished', outcomes: { done: 2 } });
    expect(suspended(flow)).toEqual([other]);
    expect(await flow.call('listSuspended', { connectorId })).toEqual([]);
  });
});

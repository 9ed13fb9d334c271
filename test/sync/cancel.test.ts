import { apiKey, openFlow, type Flow } from './flow';
import { calmDown, disable, invitedAddresses, loadFirst, outcomes, planned, readReport, suspended } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
});
afterEach(() => flow.stop());

const start = async (kind: 'simulate' | 'full' = 'full') =>
  (await flow.call('startRun', { connectorId: flow.connectorId, kind })).runId;

/** Puts everybody into every group. */
function everybodyEverywhere(): void {
  const people = flow.realm.users.filter(({ serviceAccountClientId }) => serviceAccountClientId === undefined);
  flow.realm.memberships = flow.realm.groups.flatMap(({ id: groupId }) =>
    people.map(({ id: userId }) => ({ userId, groupId })),
  );
}

/** Cancels as an administrator does, just before Atlassian answers the request. */
function cancelAt(path: RegExp, nth: number, runId: string): void {
  const run = (): void => void flow.call('cancelRun', { runId });
  flow.stage.atlassian.faults.plan({ path, nth, fault: { kind: 'meanwhile', run } });
}

describe('cancelling', () => {
  it('ends a run that reads, before any plan and any write', async () => {
    const runId = await start();
    await flow.call('cancelRun', { runId });
    const run = await flow.settle(runId);
    expect(run).toMatchObject({ state: 'cancelled', failure: { code: 'cancelled' } });
    expect(run.counts).toBeUndefined();
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('stops after the writes in flight, and the report says which were done', async () => {
    await flow.stop();
    flow = await openFlow({ users: 40, groups: 4 });
    await loadFirst(flow);
    everybodyEverywhere();
    const runId = await start();
    cancelAt(/\/memberships$/, 1, runId);
    const run = await flow.settle(runId);
    expect(run).toMatchObject({ state: 'cancelled', failure: { code: 'cancelled' } });
    const { done = 0, 'not-reached': notReached = 0 } = outcomes(run);
    const writes = flow.stage.atlassian.traffic.writes().length;
    expect(done).toBe(writes);
    expect(notReached).toBeGreaterThan(0);
    expect(done + notReached).toBe(Object.values(planned(run)).reduce((sum, count) => sum + count, 0));
    const rows = await readReport(flow, run);
    const told = rows.flatMap(({ changes }) => changes.map(({ outcome }) => outcome));
    expect(told.filter((outcome) => outcome === 'done').length).toBe(done);
    expect(told).not.toContain(undefined);
  });

  it('leaves the rest to the next run, which invites nobody twice', async () => {
    const runId = await start();
    cancelAt(/\/users\/invite$/, 1, runId);
    expect((await flow.settle(runId)).state).toBe('cancelled');
    calmDown(flow);
    expect((await flow.run('full')).state).toBe('finished');
    const addresses = invitedAddresses(flow);
    expect(addresses).toEqual([...new Set(addresses)]);
    expect(addresses).toEqual(flow.realm.users.flatMap(({ email }) => email ?? []).sort());
  });

  it('ends a simulation', async () => {
    const runId = await start('simulate');
    await flow.call('cancelRun', { runId });
    expect((await flow.settle(runId)).state).toBe('cancelled');
  });

  it('of a run that has ended changes nothing', async () => {
    const run = await flow.run('full');
    await flow.call('cancelRun', { runId: run.id });
    expect(await flow.settle(run.id)).toEqual(run);
  });

  it('of a run that was cut off tells what is not known, and keeps whom it suspended', async () => {
    await loadFirst(flow);
    const [email] = disable(flow, 0);
    const { controls } = flow.stage.platform;
    controls.onExternal = (operation) =>
      operation.kind === 'fetch' && operation.url.endsWith('/suspend') ? 'kill-after' : 'continue';
    const runId = await start();
    await flow.stage.platform.drainQueue({ within: 0 });
    controls.onExternal = undefined;
    await flow.call('cancelRun', { runId });
    const run = await flow.settle(runId);
    expect({ state: run.state, outcomes: outcomes(run) }).toEqual({ state: 'cancelled', outcomes: { unconfirmed: 1 } });
    expect(suspended(flow)).toEqual([email]);
    flow.person(0).enabled = true;
    calmDown(flow);
    expect(planned(await flow.run('full'))).toEqual({ restore: 1 });
    expect(suspended(flow)).toEqual([]);
  });
});

describe('a run that fails', () => {
  it('has a report of what was done before', async () => {
    const runId = await start();
    const run = (): void => flow.organization.changeKey(apiKey, 'revoked');
    flow.stage.atlassian.faults.plan({ path: '/users/invite', nth: 2, fault: { kind: 'meanwhile', run } });
    const failed = await flow.settle(runId);
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'key-refused' } });
    const rows = await readReport(flow, failed);
    const told = rows.flatMap(({ changes }) => changes.map(({ kind, outcome }) => `${kind} ${outcome ?? 'none'}`));
    const invited = told.filter((each) => each === 'invite done').length;
    expect(invited).toBe(invitedAddresses(flow).length);
    expect(told.filter((each) => each === 'create-group done').length).toBe(3);
    expect(told.filter((each) => each.startsWith('invite ')).length).toBe(12);
    expect(told.filter((each) => each.endsWith('none'))).toEqual([]);
  });

  it('stops after five refusals for lack of rights in a row, and reports them', async () => {
    await loadFirst(flow);
    everybodyEverywhere();
    flow.stage.atlassian.faults.plan({ path: '/memberships', times: 99, fault: { kind: 'status', status: 403 } });
    const run = await flow.run('full');
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'key-without-right' } });
    expect(outcomes(run).refused).toBeGreaterThanOrEqual(5);
  });
});

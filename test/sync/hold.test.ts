import { groupScope } from '../domain/model';
import type { Run } from '../../src/domain/run';
import { apiKey, openFlow, secret, type Flow } from './flow';
import { calmDown, disable, join, loadFirst, outcomes, planned, readReport, statusOf, suspended } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
  await loadFirst(flow);
});
afterEach(() => flow.stop());

/** Five of twelve are disabled: more than a quarter. */
async function hold(): Promise<Run> {
  disable(flow, 0, 1, 2, 3, 4);
  const run = await flow.run('full');
  expect(run.state).toBe('held');
  return run;
}

const approve = (run: Run, planHash = run.planHash ?? '') =>
  flow.call('approveRun', { runId: run.id, planHash, reason: 'they left' });

describe('a held run', () => {
  it('shows each limit that it goes over, with a report, and writes nothing', async () => {
    const run = await hold();
    expect(run.violations).toEqual([
      {
        guard: 'accounts-quarter',
        found: 5,
        limit: 3,
        message: '5 of 12 active managed accounts would lose access: more than a quarter.',
      },
    ]);
    expect(planned(run)).toEqual({ suspend: 5 });
    const rows = await readReport(flow, run);
    expect(rows.flatMap(({ changes }) => changes.map(({ kind, outcome }) => [kind, outcome]))).toEqual(
      Array.from({ length: 5 }, () => ['suspend', undefined]),
    );
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('does what the approved and the fresh plan both contain, and tells what waits and what is not needed', async () => {
    const run = await hold();
    flow.person(4).enabled = true;
    const [later] = disable(flow, 5);
    await approve(run);
    const done = await flow.settle(run.id);
    expect({ state: done.state, outcomes: outcomes(done) }).toEqual({
      state: 'finished',
      outcomes: { done: 4, 'not-needed': 1, 'not-approved': 1 },
    });
    const wanted = [0, 1, 2, 3].map((index) => flow.person(index).email ?? '');
    expect(suspended(flow)).toEqual([...wanted].sort());
    expect(statusOf(flow, later)).toBe('active');
    const rows = await readReport(flow, done);
    expect(rows.flatMap(({ changes }) => changes.map(({ outcome }) => outcome)).sort()).toEqual([
      'done',
      'done',
      'done',
      'done',
      'not-needed',
    ]);
    expect(done.approval).toMatchObject({ by: flow.admin, reason: 'they left', planHash: run.planHash });
  });

  it('takes no more than was approved although somebody else left meanwhile, and the next run asks again', async () => {
    const run = await hold();
    disable(flow, 5, 6, 7, 8);
    await approve(run);
    await flow.settle(run.id);
    calmDown(flow);
    const next = await flow.run('full');
    expect({ state: next.state, planned: planned(next) }).toEqual({ state: 'held', planned: { suspend: 4 } });
  });

  it('writes nothing when it is rejected, and pauses the schedule', async () => {
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: true } }));
    const run = await hold();
    await flow.call('rejectRun', { runId: run.id, reason: 'wrong realm' });
    const rejected = await flow.settle(run.id);
    expect(rejected).toMatchObject({ state: 'cancelled', failure: { code: 'rejected' } });
    expect(rejected.failure?.message).toContain('wrong realm');
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    expect(settings.schedule.enabled).toBe(false);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it.each(['0123456789abcdef0123456789abcdef', ''])('refuses an approval of another plan (hash "%s")', async (hash) => {
    const run = await hold();
    await expect(approve(run, hash)).rejects.toThrow();
    expect((await flow.settle(run.id)).state).toBe('held');
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it.each([
    ['approves and rejects', (run: Run) => flow.call('rejectRun', { runId: run.id, reason: '' })],
    ['approves twice', (run: Run) => approve(run)],
  ])('lets one of two deciders win when one %s at once', async (_name, other) => {
    const run = await hold();
    const decided = await Promise.allSettled([approve(run), other(run)]);
    expect(decided.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const ended = await flow.settle(run.id);
    expect(['finished', 'cancelled']).toContain(ended.state);
    expect(suspended(flow).length).toBe(ended.state === 'finished' ? 5 : 0);
  });

  it('cannot be approved a second time', async () => {
    const run = await hold();
    await approve(run);
    await flow.settle(run.id);
    await expect(approve(run)).rejects.toThrow(/reload/);
  });

  it('gives way to a newer full run, and not to a simulation', async () => {
    const run = await hold();
    expect((await flow.run('simulate')).state).toBe('simulated');
    expect((await flow.settle(run.id)).state).toBe('held');
    const newer = await flow.run('full');
    expect(newer.state).toBe('held');
    expect(await flow.settle(run.id)).toMatchObject({ state: 'cancelled', failure: { code: 'superseded' } });
    await approve(newer);
    expect((await flow.settle(newer.id)).state).toBe('finished');
  });

  it('holds up no run of another connector', async () => {
    await hold();
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    const other = await flow.call('saveConnector', {
      settings: { ...settings, name: 'Other', users: { ...settings.users, createAccounts: false } },
      clientSecret: secret,
    });
    const { runId } = await flow.call('startRun', { connectorId: other.id, kind: 'full' });
    await flow.stage.platform.drainQueue({ within: 0 });
    expect((await flow.call('getRun', { runId })).state).not.toBe('reading-directory');
    expect((await flow.settle(runId)).state).toBe('finished');
  });

  it('waits, once approved, for a simulation that is under way', async () => {
    const run = await hold();
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
    await approve(run);
    // The approved run's event comes first half-way through the simulation.
    await Promise.all([flow.stage.platform.deliverNext(), flow.stage.platform.deliverNext()]);
    expect((await flow.settle(runId)).state).toBe('simulated');
    expect((await flow.settle(run.id)).state).toBe('finished');
    expect(suspended(flow).length).toBe(5);
  });

  it('ends when it is cancelled', async () => {
    const run = await hold();
    await flow.call('cancelRun', { runId: run.id });
    expect(await flow.settle(run.id)).toMatchObject({ state: 'cancelled', failure: { code: 'cancelled' } });
    await expect(approve(run)).rejects.toThrow(/reload/);
  });
});

it('holds the first run after a change of rules that would take anything away', async () => {
  const [group] = flow.realm.groups;
  await flow.save((settings) => ({
    ...settings,
    scope: groupScope([group?.id ?? ''] as never, false),
  }));
  const run = await flow.run('full');
  expect(run.state).toBe('held');
  expect(run.violations?.map(({ guard }) => guard)).toContain('rules-changed');
  expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
});

describe('a hold with additions meanwhile', () => {
  beforeEach(() => flow.save((settings) => ({ ...settings, approval: { fourEyes: false, additionsMeanwhile: true } })));

  it('does at once what takes nothing from anybody, and waits with the rest', async () => {
    const joined = join(flow, flow.person(9));
    const run = await hold();
    expect({ outcomes: outcomes(run), suspended: suspended(flow) }).toEqual({
      outcomes: { done: 1, 'not-approved': 5 },
      suspended: [],
    });
    expect(flow.organization.members(joined)).toContain(flow.person(9).email);
    await approve(run);
    const done = await flow.settle(run.id);
    expect({ state: done.state, outcomes: outcomes(done) }).toEqual({ state: 'finished', outcomes: { done: 6 } });
    expect(suspended(flow).length).toBe(5);
  });

  it('says when it is rejected that the additions stay', async () => {
    join(flow, flow.person(9));
    const run = await hold();
    await flow.call('rejectRun', { runId: run.id, reason: '' });
    expect((await flow.settle(run.id)).failure?.message).toMatch(/additions had been done before, and stay/);
    expect(suspended(flow)).toEqual([]);
  });

  it('waits with everything where the additions are over a limit too', async () => {
    await flow.save((settings) => ({ ...settings, limits: 'strict' }));
    for (let index = 0; index < 30; index += 1) {
      flow.realm.users.push({
        ...flow.person(9),
        id: `new-${index}`,
        username: `new-${index}`,
        email: `new-${index}@example.com`,
      });
    }
    const run = await hold();
    expect(outcomes(run)).toEqual({});
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });
});

describe('an approval whose run failed before its end', () => {
  it('counts for the next run, if that takes nothing more', async () => {
    const run = await hold();
    await approve(run);
    flow.organization.changeKey(apiKey, 'expired');
    expect((await flow.settle(run.id)).state).toBe('failed');
    flow.organization.changeKey(apiKey, 'valid');
    const next = await flow.run('full');
    expect({ state: next.state, outcomes: outcomes(next), by: next.approval?.by }).toEqual({
      state: 'finished',
      outcomes: { done: 5 },
      by: flow.admin,
    });
  });

  it('does not count for a run that would take more', async () => {
    const run = await hold();
    await approve(run);
    flow.organization.changeKey(apiKey, 'expired');
    await flow.settle(run.id);
    flow.organization.changeKey(apiKey, 'valid');
    disable(flow, 5);
    const next = await flow.run('full');
    expect({ state: next.state, suspended: suspended(flow) }).toEqual({ state: 'held', suspended: [] });
  });

  it('counts for seven days', async () => {
    const run = await hold();
    await approve(run);
    flow.organization.changeKey(apiKey, 'expired');
    await flow.settle(run.id);
    flow.organization.changeKey(apiKey, 'valid');
    flow.clock.advance(8 * 24 * 3_600_000);
    expect((await flow.run('full')).state).toBe('held');
  });
});

import type { Api } from '../../src/api';
import type { Run } from '../../src/domain/run';
import type { PlanSelection } from '../../src/domain/selection';
import { openFlow, type Flow } from './flow';
import { calmDown, disable, join, loadFirst, outcomes, planned, readReport, statusOf, suspended, writes } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 24, groups: 3 });
});
afterEach(() => flow.stop());

const apply = async (run: Run, selection: PlanSelection, more: Partial<Api['applyPlan']['payload']> = {}) => {
  const order = { runId: run.id, planHash: run.planHash ?? '', reason: 'as shown', selection, ...more };
  const { runId } = await flow.call('applyPlan', order);
  return flow.settle(runId);
};

describe('applying a plan that was shown', () => {
  it('does the whole plan, and says whose plan it is and who let it', async () => {
    await loadFirst(flow);
    const emails = disable(flow, 0, 1);
    const shown = await flow.run('simulate');
    const done = await apply(shown, { kind: 'all' });
    expect({ state: done.state, outcomes: outcomes(done) }).toEqual({ state: 'finished', outcomes: { done: 2 } });
    expect(suspended(flow)).toEqual([...emails].sort());
    expect(done).toMatchObject({ applies: shown.id, approval: { by: flow.admin, reason: 'as shown' } });
  });

  it('does no more than was shown: what is new waits, what is no longer needed is skipped', async () => {
    await loadFirst(flow);
    disable(flow, 0, 1);
    const shown = await flow.run('simulate');
    flow.person(1).enabled = true;
    const [later] = disable(flow, 2);
    const done = await apply(shown, { kind: 'all' });
    expect(outcomes(done)).toEqual({ done: 1, 'not-needed': 1, 'not-approved': 1 });
    expect(statusOf(flow, later)).toBe('active');
  });

  it('does the chosen people alone, and the rest stays in the report as not approved', async () => {
    await loadFirst(flow);
    const [first, second] = disable(flow, 0, 1);
    const shown = await flow.run('simulate');
    const done = await apply(shown, { kind: 'part', users: [flow.person(0).id] });
    expect(outcomes(done)).toEqual({ done: 1, 'not-approved': 1 });
    expect([statusOf(flow, first), statusOf(flow, second)]).toEqual(['suspended', 'active']);
    const rows = await readReport(flow, done);
    expect(rows.flatMap(({ changes }) => changes.map(({ outcome }) => outcome)).sort()).toEqual([
      'done',
      'not-approved',
    ]);
  });

  it('takes a first run in three steps: links write nothing, additions take nothing, removals come last', async () => {
    const known = flow.person(0);
    flow.organization.addAccount({ email: known.email ?? '', name: 'Known before' });
    const shown = await flow.run('simulate');
    flow.stage.atlassian.traffic.clear();
    const links = await apply(shown, { kind: 'links' });
    expect({ outcomes: outcomes(links).done, writes: writes(flow) }).toEqual({ outcomes: 1, writes: [] });
    const next = await flow.run('simulate');
    const additions = await apply(next, { kind: 'additions' });
    expect(additions.state).toBe('finished');
    expect(writes(flow).length).toBeGreaterThan(0);
    calmDown(flow);
    const last = await flow.run('simulate');
    expect(planned(last)).toEqual({});
  });

  it('keeps asking for approval of removals that were left out after a change of rules', async () => {
    await loadFirst(flow);
    disable(flow, 0);
    join(flow, flow.person(1));
    await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, createMissing: false } }));
    const additions = await apply(await flow.run('simulate'), { kind: 'additions' });
    expect(outcomes(additions)).toEqual({ done: 1, 'not-approved': 1 });
    calmDown(flow);
    const next = await flow.run('full');
    expect({ state: next.state, guards: next.violations?.map(({ guard }) => guard) }).toEqual({
      state: 'held',
      guards: ['rules-changed'],
    });
  });

  it('takes the first plan in steps, although its preset ends with the first of them', async () => {
    const shown = await flow.run('simulate');
    const groups = await apply(shown, { kind: 'part', kinds: ['create-group'] });
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    const additions = await apply(shown, { kind: 'additions' });
    expect([groups.state, settings.limits, additions.state]).toEqual(['finished', 'strict', 'finished']);
    expect(additions.outcomes?.done).toBeGreaterThan(0);
  });

  it.each<readonly [string, (shown: Run) => Promise<unknown>, RegExp]>([
    ['another plan', (shown) => apply(shown, { kind: 'all' }, { planHash: 'f'.repeat(32) }), /changed since/],
    ['a choice of nothing', (shown) => apply(shown, { kind: 'part', users: [] }), /Nothing of the plan/],
    [
      'the plan of settings that are not saved',
      async (shown) => {
        await flow.save((settings) => ({ ...settings, users: { ...settings.users, deactivate: false } }));
        return apply(shown, { kind: 'all' });
      },
      /other settings/,
    ],
    [
      'the plan of settings that were never saved, although it was compared with theirs',
      async () => {
        const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
        const kept = { ...settings, users: { ...settings.users, reactivate: false } };
        const { runId } = await flow.call('startRun', {
          connectorId: flow.connectorId,
          kind: 'simulate',
          settings: kept,
        });
        return apply(await flow.settle(runId), { kind: 'all' });
      },
      /other settings/,
    ],
    [
      'a plan older than seven days',
      (shown) => {
        flow.clock.advance(8 * 24 * 3_600_000);
        return apply(shown, { kind: 'all' });
      },
      /older than seven days/,
    ],
    ['the plan of a full run', async () => apply(await flow.run('full'), { kind: 'all' }), /simulation/],
  ])('refuses %s, and nothing is written', async (_name, attempt, words) => {
    await loadFirst(flow);
    disable(flow, 0);
    const shown = await flow.run('simulate');
    flow.person(0).enabled = true;
    await expect(attempt(shown)).rejects.toThrow(words);
    expect(writes(flow)).toEqual([]);
  });
});

describe('four eyes', () => {
  beforeEach(async () => {
    await loadFirst(flow);
    await flow.save((settings) => ({ ...settings, approval: { fourEyes: true, additionsMeanwhile: false } }));
    disable(flow, 0, 1, 2, 3, 4, 5, 6);
  });

  it('refuse an approval by who started the run', async () => {
    const held = await flow.run('full');
    const approval = { runId: held.id, planHash: held.planHash ?? '', reason: '' };
    await expect(flow.call('approveRun', approval)).rejects.toThrow(/another organization administrator/);
    expect((await flow.settle(held.id)).state).toBe('held');
    expect(writes(flow)).toEqual([]);
  });

  it('refuse to apply a plan by who simulated it or saved the settings last', async () => {
    const shown = await flow.run('simulate');
    await expect(apply(shown, { kind: 'all' })).rejects.toThrow(/Four eyes/);
  });
});

describe('a hold', () => {
  beforeEach(() => loadFirst(flow));

  it('can be approved without its removals', async () => {
    disable(flow, 0, 1, 2, 3, 4, 5, 6);
    join(flow, flow.person(9));
    const held = await flow.run('full');
    const approval = { runId: held.id, planHash: held.planHash ?? '', reason: 'not yet' };
    await flow.call('approveRun', { ...approval, selection: { kind: 'additions' } });
    const done = await flow.settle(held.id);
    expect(outcomes(done)).toEqual({ done: 1, 'not-approved': 7 });
    expect(suspended(flow)).toEqual([]);
    expect(done.approval).toMatchObject({ by: flow.admin, reason: 'not yet', selection: { kind: 'additions' } });
  });

  it('ends after seven days without a decision, and nothing was changed', async () => {
    disable(flow, 0, 1, 2, 3, 4, 5, 6);
    const held = await flow.run('full');
    flow.clock.advance(7 * 24 * 3_600_000 + 60_000);
    await flow.stage.platform.fireScheduledTrigger('every-five-minutes');
    expect(await flow.settle(held.id)).toMatchObject({ state: 'cancelled', failure: { code: 'expired' } });
    expect(writes(flow)).toEqual([]);
  });
});

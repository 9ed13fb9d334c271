import { groupId } from '../../src/domain/identity';
import { openFlow, type Flow } from './flow';
import { calmDown, loadFirst, planned, statusOf } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
});
afterEach(() => flow.stop());

describe('a connector that is switched off', () => {
  it('starts nothing, by hand or by its schedule, and can still be looked into', async () => {
    await flow.save((settings) => ({
      ...settings,
      enabled: false,
      schedule: { ...settings.schedule, enabled: true },
    }));
    const { connectorId } = flow;
    for (const kind of ['simulate', 'full'] as const) {
      await expect(flow.call('startRun', { connectorId, kind })).rejects.toThrow(/switched off: switch it on/);
    }
    flow.clock.advance(3 * 24 * 3_600_000);
    await flow.stage.platform.fireScheduledTrigger('every-five-minutes');
    await flow.stage.platform.drainQueue({ within: 0 });
    expect(await flow.call('listRuns', { connectorId })).toEqual([]);
    const { surveyId } = await flow.call('startSurvey', { connectorId });
    await flow.settle(surveyId);
    expect((await flow.call('getSurvey', { surveyId })).state).toBe('done');
  });

  it('still gives back what it had suspended', async () => {
    await loadFirst(flow);
    const person = flow.person(0);
    person.enabled = false;
    await flow.run('full');
    expect(statusOf(flow, person.email)).toBe('suspended');
    await flow.save((settings) => ({ ...settings, enabled: false }));
    const { runId } = await flow.call('restoreSuspended', { connectorId: flow.connectorId, kind: 'full' });
    await flow.settle(runId);
    expect(statusOf(flow, person.email)).toBe('active');
  });

  it('does nothing of a held run before it is switched on again', async () => {
    await loadFirst(flow);
    const { email, id } = flow.person(0);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId === id);
    flow.realm.users = flow.realm.users.filter((each) => each.id === id);
    const held = await flow.run('full');
    expect(held.state).toBe('held');
    const approve = () =>
      flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'the others left' });
    await flow.save((settings) => ({ ...settings, enabled: false }));
    await expect(approve()).rejects.toThrow(/switched off: switch it on/);
    expect([statusOf(flow, email), (await flow.call('getRun', { runId: held.id })).state]).toEqual(['active', 'held']);
  });

  it('runs again once it is switched on', async () => {
    await flow.save((settings) => ({ ...settings, enabled: false }));
    await flow.save((settings) => ({ ...settings, enabled: true }));
    expect((await flow.run('simulate')).state).toBe('simulated');
  });
});

describe('a group from which nobody is ever removed', () => {
  it('keeps who leaves it in Keycloak, while other groups do not', async () => {
    await loadFirst(flow);
    const { id: userId, email } = flow.person(0);
    const [first, ...others] = flow.realm.memberships.filter((each) => each.userId === userId);
    const name = flow.realm.groups.find(({ id }) => id === first?.groupId)?.name ?? '';
    const kept = flow.organization.group(name)?.id ?? '';
    await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, neverRemove: [groupId(kept)] } }));
    flow.realm.memberships = flow.realm.memberships.filter((each) => each.userId !== userId);
    const held = await flow.run('full');
    expect([held.state, planned(held)['remove-member']]).toEqual(['held', others.length]);
    await flow.call('approveRun', { runId: held.id, planHash: held.planHash ?? '', reason: 'new rules' });
    await flow.settle(held.id);
    calmDown(flow);
    expect(flow.organization.members(name)).toContain(email);
    expect(statusOf(flow, email)).toBe('active');
  });

  it('is not emptied by a suspension and its end either', async () => {
    await loadFirst(flow);
    const person = flow.person(0);
    const [first] = flow.realm.memberships.filter((each) => each.userId === person.id);
    const name = flow.realm.groups.find(({ id }) => id === first?.groupId)?.name ?? '';
    const kept = flow.organization.group(name)?.id ?? '';
    await flow.save((settings) => ({ ...settings, groups: { ...settings.groups, neverRemove: [groupId(kept)] } }));
    person.enabled = false;
    const run = await flow.run('full');
    if (run.state === 'held') {
      await flow.call('approveRun', { runId: run.id, planHash: run.planHash ?? '', reason: 'left' });
      await flow.settle(run.id);
    }
    expect(flow.organization.members(name)).toContain(person.email);
  });
});

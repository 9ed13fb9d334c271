import type { Cleanup } from '../../src/domain/connector';
import { openFlow, type Flow } from './flow';
import { calmDown, hour, loadFirst, planned, statusOf } from './look';

const day = 24 * hour;

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 12, groups: 3 });
  await loadFirst(flow);
});
afterEach(() => flow.stop());

/** The first run with a changed cleanup waits for approval where it takes something; this one takes nothing yet. */
async function setCleanup(cleanup: Partial<Cleanup>): Promise<void> {
  await flow.save((settings) => ({ ...settings, cleanup: { ...settings.cleanup, ...cleanup } }));
  expect(planned(await flow.run('full'))).toEqual({});
}

function leave(): { readonly email: string | undefined; readonly comeBack: () => void } {
  const person = flow.person(0);
  flow.realm.users = flow.realm.users.filter(({ id }) => id !== person.id);
  return { email: person.email, comeBack: () => void flow.realm.users.push(person) };
}

describe('the grace period', () => {
  it('keeps everything of somebody who vanished until it is over', async () => {
    await setCleanup({ graceDays: 3 });
    const { email } = leave();
    for (const night of [1, 2, 3]) {
      const run = await flow.run('full');
      expect([night, planned(run), run.counts?.people.leaving]).toEqual([night, {}, 1]);
      flow.clock.advance(day);
    }
    expect(statusOf(flow, email)).toBe('active');
    await flow.run('full');
    expect(statusOf(flow, email)).toBe('suspended');
  });

  it('begins anew after somebody came back', async () => {
    await setCleanup({ graceDays: 3 });
    const { email, comeBack } = leave();
    await flow.run('full');
    flow.clock.advance(2 * day);
    comeBack();
    await flow.run('full');
    leave();
    await flow.run('full');
    flow.clock.advance(2 * day);
    expect((await flow.run('full')).counts?.people.leaving).toBe(1);
    expect(statusOf(flow, email)).toBe('active');
  });

  it('does not keep the access of somebody who is disabled in Keycloak', async () => {
    await setCleanup({ graceDays: 3 });
    const person = flow.person(0);
    person.enabled = false;
    await flow.run('full');
    expect(statusOf(flow, person.email)).toBe('suspended');
  });
});

describe('Remove from the directory', () => {
  it('suspends first, and removes only after thirty days of this suspension', async () => {
    await setCleanup({ behaviour: 'remove' });
    const { email } = leave();
    await flow.run('full');
    expect(statusOf(flow, email)).toBe('suspended');
    calmDown(flow);
    flow.clock.advance(29 * day);
    expect(planned(await flow.run('full'))).toEqual({});
    flow.clock.advance(day);
    await flow.run('full');
    expect(statusOf(flow, email)).toBe('absent');
  });

  it('gives everything back to somebody who returns within these days', async () => {
    await setCleanup({ behaviour: 'remove' });
    const { email, comeBack } = leave();
    await flow.run('full');
    calmDown(flow);
    flow.clock.advance(20 * day);
    comeBack();
    const { state, id, planHash } = await flow.run('full');
    // Back under an old id after a deletion looks like a restored backup: somebody has a look first.
    expect(state).toBe('held');
    await flow.call('approveRun', { runId: id, planHash: planHash ?? '', reason: 'back from leave' });
    await flow.settle(id);
    expect(statusOf(flow, email)).toBe('active');
  });
});

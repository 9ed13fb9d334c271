import type { ExternalOperation } from '../../dev/forge/external';
import type { Delivery } from '../../dev/forge/queue';
import { openFlow, secret, type Flow } from './flow';
import { calmDown, disable, invitedAddresses, minute, outcomes, statusOf, writes } from './look';

let flow: Flow;
afterEach(() => flow.stop());

/** A first load and a day with somebody who leaves: what was written to Atlassian, and how it all stands. */
async function live(delivery: Partial<Delivery>) {
  flow = await openFlow({ users: 10, groups: 3, delivery });
  const first = await flow.run('full');
  calmDown(flow);
  disable(flow, 0, 1);
  const second = await flow.run('full');
  const organization = JSON.stringify(flow.organization.snapshot()).replaceAll(flow.connectorId, 'connector');
  return { writes: writes(flow), organization, outcomes: [outcomes(first), outcomes(second)] };
}

describe('an event that is delivered twice', () => {
  it.each([
    ['one after the other', { duplicates: 'sequential' }],
    ['at the same moment', { duplicates: 'concurrent' }],
    ['at the same moment and in reverse order', { duplicates: 'concurrent', order: 'reversed' }],
  ] as const)('writes no more than one that is delivered once: %s', async (_name, delivery) => {
    const once = await live({});
    await flow.stop();
    expect(await live(delivery)).toEqual(once);
    expect(once.writes.length).toBeGreaterThan(5);
  });
});

const isWriteToAtlassian = (operation: ExternalOperation): boolean =>
  operation.kind === 'fetch' && /\/(users\/invite|groups)$/.test(operation.url) && operation.method === 'POST';

describe('two syncs of one connector at once', () => {
  beforeEach(async () => {
    flow = await openFlow({ users: 10, groups: 3 });
  });

  it('let one work and end the other with a sentence, when two people start them', async () => {
    const started = await Promise.all(
      [1, 2].map(() => flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' })),
    );
    const { platform } = flow.stage;
    await Promise.all([platform.deliverNext(), platform.deliverNext()]);
    const runs = await Promise.all(started.map(({ runId }) => flow.settle(runId)));
    expect(runs.map(({ state }) => state).sort()).toEqual(['cancelled', 'finished']);
    expect(runs.find(({ state }) => state === 'cancelled')?.failure).toEqual({
      code: 'already-running',
      message: 'Another run of this connector was in progress: start this one again when it has ended.',
    });
    const people = flow.realm.users.flatMap(({ email }) => email ?? []).sort();
    expect(invitedAddresses(flow)).toEqual(people);
  });

  it('refuse the second one while the first is under way', async () => {
    flow.stage.platform.controls.onExternal = (operation) =>
      isWriteToAtlassian(operation) ? 'kill-before' : 'continue';
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' });
    await flow.stage.platform.drainQueue({ within: 0 });
    await expect(flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' })).rejects.toThrow(/in progress/);
    flow.stage.platform.controls.onExternal = undefined;
    expect((await flow.settle(runId)).state).toBe('finished');
  });
});

describe('two connectors of one directory', () => {
  it('write one after the other: the second waits for the lease of the first', async () => {
    flow = await openFlow({ users: 10, groups: 3 });
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    const other = await flow.call('saveConnector', { settings: { ...settings, name: 'Other' }, clientSecret: secret });
    const { platform } = flow.stage;
    let writesOfFirst = 0;
    platform.controls.onExternal = (operation) => {
      if (!isWriteToAtlassian(operation)) return 'continue';
      writesOfFirst += 1;
      return writesOfFirst === 2 ? 'kill-after' : 'continue';
    };
    const first = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' });
    await platform.drainQueue({ within: 0 });
    platform.controls.onExternal = undefined;
    flow.stage.atlassian.traffic.clear();

    const second = await flow.call('startRun', { connectorId: other.id, kind: 'full' });
    // Shorter than the lease of the first, which was cut off and comes back later.
    await platform.drainQueue({ within: 15 * minute });
    const waiting = await flow.call('getRun', { runId: second.runId });
    expect(waiting).toMatchObject({
      state: 'reading-directory',
      progress: { what: 'waiting for another run of the directory' },
    });
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);

    const ended = [await flow.settle(first.runId), await flow.settle(second.runId)];
    expect(ended.map(({ state }) => state)).toEqual(['finished', 'finished']);
    calmDown(flow);
    expect((await flow.run('full')).state).toBe('finished');
    for (const user of flow.realm.users) {
      if (user.serviceAccountClientId === undefined) expect(statusOf(flow, user.email)).toBe('active');
    }
    const groups = flow.organization.snapshot().groups.filter(({ name }) => name.startsWith('Group'));
    expect(groups.map(({ members }) => members.length).reduce((sum, count) => sum + count, 0)).toBe(
      flow.realm.memberships.length,
    );
  });
});

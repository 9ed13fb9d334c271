import { openFlow, type Flow } from './flow';
import { calmDown, disable, loadFirst, planned, suspended } from './look';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 40, groups: 4 });
  for (let index = 0; index < 20; index += 1) flow.person(index).federationLink = 'ldap-1';
  await loadFirst(flow);
  disable(flow, 0, 1, 2);
});
afterEach(() => flow.stop());

describe('a federation of which many are disabled at once', () => {
  it('counts as out, by name, and takes nothing however often the sync runs', async () => {
    for (let night = 0; night < 3; night += 1) {
      const run = await flow.run('full');
      expect({ state: run.state, federations: run.outages?.map(({ federation }) => federation) }).toEqual({
        state: 'finished',
        federations: ['ldap-1'],
      });
      calmDown(flow);
    }
    expect(suspended(flow)).toEqual([]);
  });

  it('is believed when an administrator says that it is real: one run later, and under the limits', async () => {
    await flow.run('full');
    await flow.call('acceptOutage', { connectorId: flow.connectorId, federation: 'ldap-1' });
    const still = await flow.run('full');
    expect({ outages: still.outages?.length, suspended: suspended(flow) }).toEqual({ outages: 1, suspended: [] });
    calmDown(flow);
    const next = await flow.run('full');
    expect({ outages: next.outages, planned: planned(next) }).toEqual({ outages: undefined, planned: { suspend: 3 } });
    expect(suspended(flow).length).toBe(3);
  });

  it('is believed once: the next outage of the same federation needs another word', async () => {
    await flow.call('acceptOutage', { connectorId: flow.connectorId, federation: 'ldap-1' });
    await flow.run('full');
    calmDown(flow);
    disable(flow, 3, 4, 5);
    const run = await flow.run('full');
    expect(run.outages?.map(({ federation }) => federation)).toEqual(['ldap-1']);
    expect(suspended(flow)).toEqual([]);
  });
});

import { openFlow, type Flow } from './flow';

let flow: Flow;
afterEach(() => flow.stop());

describe('a full run', () => {
  it('brings people, groups and memberships, and a second run plans nothing', async () => {
    flow = await openFlow();
    const run = await flow.run('full');
    expect(run.failure).toBeUndefined();
    expect(run.state).toBe('finished');
    flow.organization.acceptInvitation();
    flow.clock.advance(3_600_000);
    const again = await flow.run('full');
    expect(again.state).toBe('finished');
    expect(again.counts?.changes).toEqual(Object.fromEntries(Object.keys(again.counts?.changes ?? {}).map((kind) => [kind, 0])));
    console.log(run.counts, run.outcomes, again.counts?.people, again.notes);
  });
});

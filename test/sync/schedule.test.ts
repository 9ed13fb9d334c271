import type { Run } from '../../src/domain/run';
import { openFlow, type Flow } from './flow';
import { hour, loadFirst, minute } from './look';

const trigger = 'every-five-minutes';
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 6, groups: 2 });
});
afterEach(() => flow.stop());

const switchOn = (timeZone = 'Europe/Berlin', cron?: string) =>
  flow.save((settings) => ({
    ...settings,
    schedule: { ...settings.schedule, enabled: true, timeZone, ...(cron === undefined ? {} : { cron }) },
  }));

/** Runs that the schedule started, oldest first. */
async function scheduled(): Promise<readonly Run[]> {
  const runs = await flow.call('listRuns', { connectorId: flow.connectorId });
  return runs.filter(({ startedBy }) => startedBy.kind === 'schedule').reverse();
}

/** Lets time pass with a trigger every five minutes, and everything that follows from it. */
async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 5 * minute) {
    flow.clock.advance(5 * minute);
    await flow.stage.platform.fireScheduledTrigger(trigger);
    await flow.stage.platform.drainQueue({ within: 0 });
  }
}

const startsOf = async () =>
  (await scheduled()).map(({ startedAt }) => new Date(startedAt).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length));

describe('the schedule', () => {
  it('is off until it is switched on', async () => {
    await pass(30 * hour);
    expect(await scheduled()).toEqual([]);
  });

  it('starts one full run a day at 02:00 of its zone', async () => {
    // It is Monday, 12:00 UTC; 02:00 in Berlin is 01:00 UTC in winter.
    await switchOn();
    await pass(40 * hour);
    expect(await startsOf()).toEqual(['2026-01-06T01:00', '2026-01-07T01:00']);
    expect((await scheduled()).map(({ kind, state }) => [kind, state])).toEqual([
      ['full', 'finished'],
      ['full', 'finished'],
    ]);
  });

  it('does not catch up on times before it was switched on', async () => {
    flow.clock.advance(20 * hour);
    await switchOn();
    await pass(hour);
    expect(await scheduled()).toEqual([]);
  });

  it('catches up once however many times were missed', async () => {
    await switchOn();
    flow.clock.advance(4 * 24 * hour);
    await pass(30 * minute);
    expect((await scheduled()).length).toBe(1);
  });

  it.each([
    ['every day', '0 2 * * *', ['2026-01-08T12:05', '2026-01-09T01:00']],
    ['every 2 hours', '0 */2 * * *', ['2026-01-08T12:05', '2026-01-08T13:00', '2026-01-08T15:00']],
    ['every 30 minutes', '*/30 * * * *', ['2026-01-08T12:05', '2026-01-08T12:30', '2026-01-08T13:00']],
    ['weekly', '0 2 * * 3', ['2026-01-08T12:05', '2026-01-14T01:00']],
  ])('catches up once on three days off and then keeps to its times: %s', async (_, cron, starts) => {
    await switchOn('Europe/Berlin', cron);
    flow.clock.advance(3 * 24 * hour);
    await pass(5 * minute);
    // Up to its next time nobody has to look; from there on the triggers come as always.
    flow.clock.advance(Date.parse(`${starts[1] ?? ''}Z`) - 5 * minute - flow.clock.now());
    await pass(Date.parse(`${starts.at(-1) ?? ''}Z`) - flow.clock.now() + 5 * minute);
    expect(await startsOf()).toEqual(starts);
  });

  it.each([
    ['a skipped 02:00 at once behind the gap', '0 2 * * *', '2026-03-28T22:55Z', ['03-29T01:00', '03-30T00:00']],
    ['a repeated 02:00 once, the first time', '0 2 * * *', '2026-10-24T22:55Z', ['10-25T00:00', '10-26T01:00']],
    ['every 2 hours, none less', '0 */2 * * *', '2026-03-28T22:55Z', ['03-28T23:00', '03-29T01:00', '03-29T02:00']],
    ['every 2 hours, none twice', '0 */2 * * *', '2026-10-24T21:55Z', ['10-24T22:00', '10-25T00:00', '10-25T03:00']],
  ])('starts in the night in which clocks change: %s', async (_, cron, from, starts) => {
    flow.clock.advance(Date.parse(from) - flow.clock.now());
    await switchOn('Europe/Berlin', cron);
    await pass(Date.parse(`2026-${starts.at(-1) ?? ''}Z`) - flow.clock.now() + 5 * minute);
    expect(await startsOf()).toEqual(starts.map((start) => `2026-${start}`));
  });

  it('starts one run when triggers come twice, at once and one after the other', async () => {
    await switchOn();
    flow.clock.advance(14 * hour);
    const { platform } = flow.stage;
    await Promise.all([1, 2, 3].map(() => platform.fireScheduledTrigger(trigger)));
    await platform.drainQueue();
    await platform.fireScheduledTrigger(trigger);
    await platform.drainQueue();
    expect((await scheduled()).map(({ state }) => state)).toEqual(['finished']);
  });

  it('waits while another run of the connector is under way, and starts behind it', async () => {
    await switchOn();
    flow.clock.advance(14 * hour);
    // A run that is cut off at its first call to Atlassian, and nobody knows yet.
    flow.stage.platform.controls.onExternal = (operation) =>
      operation.kind === 'fetch' && operation.url.includes('api.atlassian.com') ? 'kill-before' : 'continue';
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' }).catch(() => {
      throw new Error('the run did not start');
    });
    await flow.stage.platform.drainQueue({ within: 0 });
    flow.stage.platform.controls.onExternal = undefined;
    await pass(10 * minute);
    expect(await scheduled()).toEqual([]);
    await pass(40 * minute);
    expect((await flow.call('getRun', { runId })).state).toBe('simulated');
    expect((await scheduled()).map(({ state }) => state)).toEqual(['finished']);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'starts one run although a trigger is cut off at any of its writes (%s)',
    async (fate) => {
      await switchOn();
      for (let at = 0; at < 8; at += 1) {
        flow.clock.advance(24 * hour);
        const before = (await scheduled()).length;
        let count = 0;
        flow.stage.platform.controls.onExternal = (operation) => {
          if (operation.invocation.module.type !== 'scheduledTrigger') return 'continue';
          count += 1;
          return count - 1 === at ? fate : 'continue';
        };
        await flow.stage.platform.fireScheduledTrigger(trigger);
        flow.stage.platform.controls.onExternal = undefined;
        await pass(50 * minute);
        expect((await scheduled()).slice(before).map(({ state }) => state)).toEqual(['finished']);
      }
    },
    30_000,
  );

  it('makes up no start that was cut off before somebody switched it off and on', async () => {
    await switchOn();
    flow.clock.advance(14 * hour);
    flow.stage.platform.controls.onExternal = () => 'kill-after';
    await flow.stage.platform.fireScheduledTrigger(trigger);
    flow.stage.platform.controls.onExternal = undefined;
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: false } }));
    await pass(hour);
    await switchOn();
    await pass(hour);
    expect(await scheduled()).toEqual([]);
  });

  it('goes on with other connectors when the settings of one cannot be used', async () => {
    await switchOn();
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    await flow.call('saveConnector', { settings: { ...settings, name: 'Without a secret' } });
    await pass(16 * hour);
    expect((await scheduled()).map(({ state }) => state)).toEqual(['finished']);
  });

  it('plans nothing on the second night', async () => {
    await switchOn();
    await loadFirst(flow);
    await pass(40 * hour);
    expect((await scheduled()).length).toBe(2);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });
});

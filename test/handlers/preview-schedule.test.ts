import { openFlow, type Flow } from '../sync/flow';

let flow: Flow;
beforeAll(async () => {
  flow = await openFlow({ users: 1, groups: 1 });
});
afterAll(() => flow.stop());

const preview = (cron: string, timeZone: string) =>
  flow.stage.platform.invokeResolver({
    moduleKey: 'jira-admin',
    functionKey: 'previewSchedule',
    payload: { cron, timeZone },
    accountId: flow.admin,
  });

describe('the preview of a schedule', () => {
  it('says it in words and tells the next five times', async () => {
    // It is Monday, 12:00 UTC.
    expect(await preview(' 0 2 * * mon,fri ', 'Europe/Berlin')).toEqual({
      ok: true,
      value: {
        words: 'Weekly on Monday and Friday at 02:00 (Europe/Berlin)',
        times: ['2026-01-09', '2026-01-12', '2026-01-16', '2026-01-19', '2026-01-23'].map((day) =>
          Date.parse(`${day}T01:00:00Z`),
        ),
      },
    });
  });

  it.each([
    ['an expression that never fires', '0 2 30 2 *', 'UTC', 'schedule.cron'],
    ['an expression of six fields', '0 0 2 * * *', 'UTC', 'schedule.cron'],
    ['every ten minutes', '*/10 * * * *', 'UTC', 'schedule.cron'],
    ['nothing', '', 'UTC', 'schedule.cron'],
    ['a control character', '0 2 * * \u0000', 'UTC', 'schedule.cron'],
    ['a time zone that does not exist', '0 2 * * *', 'Mars/Olympus', 'schedule.timeZone'],
    ['an offset', '0 2 * * *', '+05:00', 'schedule.timeZone'],
    ['no time zone', '0 2 * * *', '', 'schedule.timeZone'],
    ['a time zone of two lines', '0 2 * * *', 'Europe/\nBerlin', 'schedule.timeZone'],
  ])('refuses %s with one sentence at its field', async (_, cron, timeZone, field) => {
    expect(await preview(cron, timeZone)).toEqual({
      ok: false,
      error: { code: 'bad-setting', field, message: expect.stringMatching(/^\P{Cc}{10,200}\.$/u) as unknown },
    });
  });
});

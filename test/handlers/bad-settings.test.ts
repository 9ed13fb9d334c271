import { badValues, fullSettings, withValue } from '../domain/settings/bad-values';
import { openFlow, type Flow } from '../sync/flow';

let flow: Flow;
beforeAll(async () => {
  flow = await openFlow({ users: 1, groups: 1 });
});
afterAll(() => flow.stop());

const stored = () => flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
const invoke = (functionKey: string, payload: object) =>
  flow.stage.platform.invokeResolver({ moduleKey: 'jira-admin', functionKey, payload, accountId: flow.admin });
const rows = badValues.map((row) => [row.at, row.what, row] as const);

describe('a bad value', () => {
  it.each(rows)(
    'at %s is refused by the server, and nothing is saved, no secret either: %s',
    async (at, _what, { value, field = at, sentence }) => {
      const before = stored();
      const settings = withValue(at, value);
      const { connectorId } = flow;
      const { revision } = await flow.call('getConnector', { connectorId });
      const history = await flow.call('listSettingsHistory', { connectorId });
      for (const payload of [{ settings }, { connectorId, revision, settings }]) {
        expect(
          await invoke('saveConnector', { ...payload, clientSecret: 'half-saved', confirmation: 'remove' }),
        ).toEqual({
          ok: false,
          error: { code: 'bad-setting', field, message: sentence },
        });
      }
      expect(stored()).toEqual(before);
      expect(await flow.call('listSettingsHistory', { connectorId })).toEqual(history);
    },
  );

  it('is the only reason: what surrounds it is saved', async () => {
    expect(await invoke('saveConnector', { settings: fullSettings })).toMatchObject({
      ok: true,
      value: { settings: fullSettings, revision: 1 },
    });
  });

  it('in a file of settings is refused with the same words, and nothing is imported', async () => {
    const before = stored();
    for (const { at, value, field = at, sentence } of badValues.filter(({ at }) => at !== 'version')) {
      const file = { schema: 'user-group-sync-settings', version: 2, settings: withValue(at, value) };
      expect(await invoke('importSettings', { file })).toEqual({
        ok: false,
        error: { code: 'bad-setting', field, message: sentence },
      });
    }
    expect(stored()).toEqual(before);
  });
});

import type { ConnectorSettings } from '../../src/domain/connector';
import { groupId } from '../../src/domain/identity';
import { openFlow, secret, type Flow } from '../sync/flow';
import { ask, mention } from './page';

const elsewhere = 'https://elsewhere.example.test';
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 3, groups: 1 });
});
afterEach(() => flow.stop());

const load = () => flow.call('getConnector', { connectorId: flow.connectorId });
const history = () => flow.call('listSettingsHistory', { connectorId: flow.connectorId });
const domains = (...emailDomains: string[]) =>
  flow.save((settings) => ({ ...settings, users: { ...settings.users, emailDomains } }));

describe('the history of settings', () => {
  it('tells every save: who, when and what changed, the newest first', async () => {
    flow.clock.advance(60_000);
    await domains('example.com', 'example.org');
    expect(await history()).toEqual([
      {
        entry: '2',
        at: flow.clock.now(),
        by: flow.admin,
        changes: ['E-mail domains: added example.org.'],
        current: true,
      },
      { entry: '1', at: flow.clock.now() - 60_000, by: flow.admin, changes: [], note: 'Created.', current: false },
    ]);
  });

  it('tells what the app itself switched off, and that nobody did', async () => {
    await flow.save((settings) => ({
      ...settings,
      limits: 'strict',
      schedule: { ...settings.schedule, enabled: true },
    }));
    const run = await flow.run('full');
    expect(run.state).toBe('finished');
    const { settings } = await load();
    await flow.save((now) => ({ ...now, limits: 'first-load' }));
    await flow.run('full');
    const [newest] = await history();
    expect({ newest, limits: (await load()).settings.limits, before: settings.limits }).toMatchObject({
      newest: { changes: ['Safety limits: "first-load" became "strict".'], current: true },
      limits: 'strict',
      before: 'strict',
    });
    expect(newest?.by).toBeUndefined();
  });

  it('tells that a secret was replaced, and never the secret', async () => {
    const { settings, revision } = await load();
    await flow.call('saveConnector', { connectorId: flow.connectorId, revision, settings, clientSecret: 'canary-two' });
    const told = await history();
    expect(told[0]).toMatchObject({ changes: [], note: 'The client secret was replaced.' });
    expect(JSON.stringify(told)).not.toMatch(/canary/);
  });

  it('keeps the last hundred saves', async () => {
    for (let index = 0; index < 102; index += 1) await domains(`d${index}.example.com`);
    const told = await history();
    expect([told.length, told[0]?.entry, told.at(-1)?.entry]).toEqual([100, '103', '4']);
  }, 30_000);

  it('is gone with the connector', async () => {
    await domains('example.org');
    await flow.call('deleteConnector', { connectorId: flow.connectorId });
    expect(JSON.stringify(flow.stage.platform.dumpStorage(['value', 'entity', 'secret']))).not.toMatch(
      /settings-history/,
    );
  });
});

describe('settings of before', () => {
  it('are restored as a save like any other, which the history tells', async () => {
    const { settings } = await load();
    await domains('example.org');
    const { revision } = await load();
    const restored = await flow.call('restoreSettings', { connectorId: flow.connectorId, entry: '1', revision });
    expect({ settings: restored.settings, revision: restored.revision }).toEqual({ settings, revision: 3 });
    expect((await history())[0]).toMatchObject({
      entry: '3',
      note: mention('Restored what was saved on '),
    });
  });

  it('are refused to whom somebody else was faster than', async () => {
    await domains('example.org');
    const stale = { connectorId: flow.connectorId, entry: '1', revision: 1 };
    expect(await ask(flow, 'restoreSettings', stale)).toMatchObject({
      error: { message: mention('Somebody else saved') },
    });
    expect((await load()).settings.users.emailDomains).toEqual(['example.org']);
  });

  it('of another server need its client secret again', async () => {
    const { settings, revision } = await load();
    const moved = { ...settings, keycloak: { ...settings.keycloak, url: elsewhere } };
    await flow.call('saveConnector', {
      connectorId: flow.connectorId,
      revision,
      settings: moved,
      clientSecret: 'other',
    });
    const back = { connectorId: flow.connectorId, entry: '1', revision: 2 };
    expect(await ask(flow, 'restoreSettings', back)).toMatchObject({ error: { field: 'clientSecret' } });
    expect((await flow.call('restoreSettings', { ...back, clientSecret: secret })).hasSecret).toBe(true);
  });
});

describe('a file of settings', () => {
  const exported = () => flow.call('exportSettings', { connectorId: flow.connectorId });

  it('holds no secret and nothing that names an Atlassian directory, and says so', async () => {
    await flow.save((settings) => ({
      ...settings,
      groups: { ...settings.groups, neverRemove: [groupId('canary-group')] },
    }));
    const file = await exported();
    expect({ schema: file.schema, version: file.version, leftOut: file.leftOut }).toEqual({
      schema: 'user-group-sync-settings',
      version: 2,
      leftOut: { productAccess: 1, alwaysAssign: 0, neverRemove: 1 },
    });
    expect(JSON.stringify(file)).not.toMatch(/canary|ari:cloud|directoryId|orgId/);
  });

  it('makes a new connector with its schedule off, without a secret, and says what to choose again', async () => {
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: true } }));
    const file = await exported();
    const { connector, notes } = await flow.call('importSettings', { file });
    expect(connector.id).not.toBe(flow.connectorId);
    expect(connector).toMatchObject({
      hasSecret: false,
      settings: { schedule: { enabled: false }, users: { productAccess: [] } },
    });
    expect(notes).toEqual([
      'The products that new accounts get belong to one Atlassian directory and are not in the file: choose them again.',
    ]);
  });

  it('over its own connector changes what it says, and keeps both switches and what names the directory', async () => {
    const before = await load();
    const file = await exported();
    const changed = { ...file, settings: { ...file.settings, enabled: false, limits: 'normal' } };
    const { revision } = before;
    const { connector } = await flow.call('importSettings', { file: changed, connectorId: flow.connectorId, revision });
    expect(connector.settings).toEqual({ ...before.settings, limits: 'normal' });
    expect((await history())[0]).toMatchObject({ note: 'Imported from a file.' });
  });

  it.each(['url', 'realm', 'clientId', 'loginRealm'])(
    'of another %s never moves a connector silently',
    async (field) => {
      const file = await exported();
      const value = field === 'url' ? elsewhere : 'other';
      const other = {
        ...file,
        settings: { ...file.settings, keycloak: { ...file.settings.keycloak, [field]: value } },
      };
      const payload = { file: other, connectorId: flow.connectorId, revision: 1 };
      const before = flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
      expect(await ask(flow, 'importSettings', payload)).toMatchObject({ error: { field: 'rebind' } });
      expect(await ask(flow, 'importSettings', { ...payload, rebind: true })).toMatchObject({
        error: { field: 'clientSecret' },
      });
      expect(flow.stage.platform.dumpStorage(['value', 'entity', 'secret'])).toEqual(before);
      const moved = await flow.call('importSettings', { ...payload, rebind: true, clientSecret: 'of the other' });
      expect(moved.connector).toMatchObject({ hasSecret: true, settings: { keycloak: { [field]: value } } });
    },
  );

  it('of version 1 means the same in this version', async () => {
    const { users, groups, cleanup, ...rest } = (await exported()).settings;
    const old = {
      ...rest,
      version: 1,
      users: { ...users, mapping: undefined },
      groups: { selection: { kind: 'chosen', groupIds: ['k-devs'] }, createMissing: false },
      cleanup: { behaviour: cleanup.behaviour, memberships: cleanup.memberships },
    };
    const file = {
      schema: 'user-group-sync-settings',
      version: 1,
      settings: JSON.parse(JSON.stringify(old)) as unknown,
    };
    const { connector } = await flow.call('importSettings', { file });
    expect(connector.settings).toMatchObject({
      version: 2,
      users: { mapping: users.mapping },
      groups: {
        ...groups,
        selection: { kind: 'chosen', include: { groupIds: ['k-devs'], rules: [] } },
        createMissing: false,
      },
    });
  });

  it.each<[string, (file: Record<string, unknown>) => unknown, string]>([
    ['that is none', () => 'settings', 'file'],
    ['of another kind', (file) => ({ ...file, schema: 'user-group-sync-links' }), 'file'],
    ['without settings', ({ schema, version }) => ({ schema, version }), 'file'],
    [
      'of a newer version',
      ({ schema, settings }) => ({ schema, version: 3, settings: { ...(settings as object), version: 3 } }),
      'file',
    ],
    ['whose versions differ', (file) => ({ ...file, version: 1 }), 'file'],
    [
      'with a limit that does not exist',
      (file) => ({ ...file, settings: { ...(file['settings'] as object), limits: 'none' } }),
      'limits',
    ],
  ])('%s is refused with its field, and nothing is saved', async (_, spoil, field) => {
    const file = spoil({ ...(await exported()) });
    const before = flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
    expect(await ask(flow, 'importSettings', { file })).toMatchObject({
      ok: false,
      error: { code: 'bad-setting', field },
    });
    expect(flow.stage.platform.dumpStorage(['value', 'entity', 'secret'])).toEqual(before);
  });
});

describe('a copy of a connector', () => {
  it('has the same settings under another name, its schedule off, no secret and no links', async () => {
    await flow.run('full');
    await flow.save((settings) => ({ ...settings, schedule: { ...settings.schedule, enabled: true } }));
    const { settings } = await load();
    const copy = await flow.call('cloneConnector', { connectorId: flow.connectorId });
    const expected: ConnectorSettings = {
      ...settings,
      name: 'Copy of Staff',
      schedule: { ...settings.schedule, enabled: false },
    };
    expect({ settings: copy.settings, hasSecret: copy.hasSecret }).toEqual({ settings: expected, hasSecret: false });
    const { accounts, groups } = await flow.call('exportLinks', { connectorId: copy.id });
    expect({ accounts, groups }).toEqual({ accounts: [], groups: [] });
  });

  it('has the secret that is entered for it', async () => {
    const copy = await flow.call('cloneConnector', { connectorId: flow.connectorId, clientSecret: secret });
    expect(copy.hasSecret).toBe(true);
  });
});

describe('a cleanup that removes accounts', () => {
  const remove = (settings: ConnectorSettings): ConnectorSettings => ({
    ...settings,
    cleanup: { ...settings.cleanup, behaviour: 'remove' },
  });

  it.each([
    ['without a word', undefined],
    ['by another word', 'delete'],
    ['by the name of the connector', 'Staff'],
  ])('is not saved %s', async (_, confirmation) => {
    const { settings, revision } = await load();
    const payload = { connectorId: flow.connectorId, revision, settings: remove(settings) };
    const answer = await ask(
      flow,
      'saveConnector',
      confirmation === undefined ? payload : { ...payload, confirmation },
    );
    expect(answer).toMatchObject({
      error: {
        field: 'confirmation',
        message: mention('roles and the groups given by hand are lost: type "remove"'),
      },
    });
    expect((await load()).settings.cleanup.behaviour).toBe('deactivate');
  });

  it('is saved once the word is typed, and asks no second time', async () => {
    const { settings, revision } = await load();
    const payload = { connectorId: flow.connectorId, settings: remove(settings) };
    const { revision: next } = await flow.call('saveConnector', { ...payload, revision, confirmation: 'remove' });
    expect(await ask(flow, 'saveConnector', { ...payload, revision: next })).toMatchObject({ ok: true });
  });

  it('is asked for by a file, a copy and old settings, too', async () => {
    const { connectorId } = flow;
    await flow.save(remove);
    const file = await flow.call('exportSettings', { connectorId });
    await flow.save((settings) => ({ ...settings, cleanup: { ...settings.cleanup, behaviour: 'keep' } }));
    const refused = { error: { field: 'confirmation' } };
    expect(await ask(flow, 'importSettings', { file })).toMatchObject(refused);
    expect(await ask(flow, 'importSettings', { file, connectorId, revision: 3 })).toMatchObject(refused);
    expect(await ask(flow, 'restoreSettings', { connectorId, entry: '2', revision: 3 })).toMatchObject(refused);
    await flow.save(remove);
    expect(await ask(flow, 'cloneConnector', { connectorId })).toMatchObject({ error: { field: 'confirmation' } });
    expect(await ask(flow, 'cloneConnector', { connectorId, confirmation: 'remove' })).toMatchObject({
      ok: true,
    });
  });
});

describe('the switch of a connector', () => {
  it('is a save: it is told in the history, and a stale editor is refused afterwards', async () => {
    const { settings, revision } = await load();
    const off = await flow.call('setEnabled', { connectorId: flow.connectorId, enabled: false });
    expect(off.settings).toEqual({ ...settings, enabled: false });
    expect((await history())[0]).toMatchObject({ by: flow.admin, changes: ['Connector: switched off.'] });
    expect(await ask(flow, 'saveConnector', { connectorId: flow.connectorId, revision, settings })).toMatchObject({
      ok: false,
    });
    expect(await flow.call('listConnectors', undefined)).toMatchObject([{ enabled: false }]);
  });

  it('changes nothing where it stands so already', async () => {
    const { revision } = await load();
    expect((await flow.call('setEnabled', { connectorId: flow.connectorId, enabled: true })).revision).toBe(revision);
  });
});

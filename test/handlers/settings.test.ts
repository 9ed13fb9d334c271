import { groupScope } from '../domain/model';
import type { ConnectorSettings } from '../../src/domain/connector';
import { sourceGroupId } from '../../src/domain/identity';
import type { ExternalOperation } from '../../dev/forge/external';
import { openFlow, secret, type Flow } from '../sync/flow';
import { ask, mention, verdict } from './page';

let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 3, groups: 2 });
});
afterEach(() => flow.stop());

const stored = () => flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
const current = () => flow.call('getConnector', { connectorId: flow.connectorId });

type Change = (settings: ConnectorSettings) => unknown;
const keycloak =
  (change: Record<string, unknown>): Change =>
  (settings) => ({ ...settings, keycloak: { ...settings.keycloak, ...change } });
const users =
  (change: Record<string, unknown>): Change =>
  (settings) => ({ ...settings, users: { ...settings.users, ...change } });
const schedule =
  (change: Record<string, unknown>): Change =>
  (settings) => ({ ...settings, schedule: { ...settings.schedule, ...change } });

const bad: readonly (readonly [string, Change, string])[] = [
  ['a text in place of settings', () => 'settings', ''],
  ['a text in place of the Keycloak settings', (settings) => ({ ...settings, keycloak: 'settings' }), 'keycloak'],
  ['a list in place of settings', () => [], 'version'],
  ['settings of another version', (settings) => ({ ...settings, version: 3 }), 'version'],
  ['an empty name', (settings) => ({ ...settings, name: '  ' }), 'name'],
  ['a name of 101 characters', (settings) => ({ ...settings, name: 'n'.repeat(101) }), 'name'],
  ['a name with a control character', (settings) => ({ ...settings, name: 'Staff\u0000' }), 'name'],
  ['a name of two lines', (settings) => ({ ...settings, name: 'Staff\nSecond' }), 'name'],
  ['an http address', keycloak({ url: 'http://keycloak.example.test' }), 'keycloak.url'],
  ['a loopback address', keycloak({ url: 'https://127.0.0.1:8443' }), 'keycloak.url'],
  ['a loopback address in one number', keycloak({ url: 'https://2130706433' }), 'keycloak.url'],
  ['a private address', keycloak({ url: 'https://10.1.2.3' }), 'keycloak.url'],
  ['a link-local address', keycloak({ url: 'https://169.254.169.254/latest' }), 'keycloak.url'],
  ['a private address of version 6', keycloak({ url: 'https://[::1]/' }), 'keycloak.url'],
  ['localhost', keycloak({ url: 'https://localhost:8443' }), 'keycloak.url'],
  ['a name of a local network', keycloak({ url: 'https://keycloak' }), 'keycloak.url'],
  ['a name of an internal zone', keycloak({ url: 'https://keycloak.internal' }), 'keycloak.url'],
  ['a password in the address', keycloak({ url: 'https://a:b@keycloak.example.test' }), 'keycloak.url'],
  ['another scheme', keycloak({ url: 'file:///etc/passwd' }), 'keycloak.url'],
  ['an address of 501 characters', keycloak({ url: `https://k.example.test/${'a'.repeat(500)}` }), 'keycloak.url'],
  ['a private admin address', keycloak({ adminUrl: 'https://192.168.0.1' }), 'keycloak.adminUrl'],
  ['an empty realm', keycloak({ realm: '' }), 'keycloak.realm'],
  ['a realm that is a step up in a path', keycloak({ realm: '..' }), 'keycloak.realm'],
  ['a login realm that is a step up in a path', keycloak({ loginRealm: '..' }), 'keycloak.loginRealm'],
  ['a realm with a control character', keycloak({ realm: 'staff\r\nx' }), 'keycloak.realm'],
  ['a number as realm', keycloak({ realm: 7 }), 'keycloak.realm'],
  ['an empty client id', keycloak({ clientId: '' }), 'keycloak.clientId'],
  ['a client id with a control character', keycloak({ clientId: 'a\u0007b' }), 'keycloak.clientId'],
  ['no group in the scope', (settings) => ({ ...settings, scope: groupScope([], true) }), 'scope.include'],
  ['an unknown scope', (settings) => ({ ...settings, scope: { kind: 'everybody' } }), 'scope.kind'],
  ['a domain that is none', users({ emailDomains: ['example.com', 'not a domain'] }), 'users.emailDomains.1'],
  [
    '10,000 domains',
    users({ emailDomains: Array.from({ length: 10_000 }, (_, n) => `d${n}.example.com`) }),
    'users.emailDomains',
  ],
  ['domains that are no list', users({ emailDomains: { length: 1, 0: 'example.com' } }), 'users.emailDomains'],
  ['a switch that is a text', users({ deactivate: 'yes' }), 'users.deactivate'],
  [
    'an unknown cleanup',
    (settings) => ({ ...settings, cleanup: { behaviour: 'destroy', memberships: true } }),
    'cleanup.behaviour',
  ],
  ['a schedule that is none', schedule({ cron: 'every night' }), 'schedule.cron'],
  ['a schedule of every minute', schedule({ cron: '* * * * *' }), 'schedule.cron'],
  ['a schedule that never comes', schedule({ cron: '0 0 30 2 *' }), 'schedule.cron'],
  ['an unknown time zone', schedule({ timeZone: 'Europe/Atlantis' }), 'schedule.timeZone'],
  ['unknown limits', (settings) => ({ ...settings, limits: 'none' }), 'limits'],
];

describe('saving', () => {
  it.each(bad)('refuses %s by its field and saves nothing', async (_what, change, field) => {
    const { settings, revision } = await current();
    const before = stored();
    const payload = { connectorId: flow.connectorId, revision, settings: change(settings), clientSecret: 'new-secret' };
    for (const send of [payload, { settings: payload.settings, clientSecret: payload.clientSecret }]) {
      const answer = await flow.stage.platform.invokeResolver({
        moduleKey: 'jira-admin',
        functionKey: 'saveConnector',
        payload: send,
        accountId: flow.admin,
      });
      expect(answer).toEqual({
        ok: false,
        error: {
          code: 'bad-setting',
          message: expect.stringMatching(/^[^\n]{10,200}\.$/) as unknown,
          ...(field === '' ? {} : { field }),
        },
      });
    }
    expect(stored()).toEqual(before);
  });

  it.each([
    ['an id of another form', { connectorId: 'a/b' }],
    ['a revision that is a text', { revision: '1' }],
    ['no settings at all', { settings: undefined }],
    ['a secret that is none', { clientSecret: { text: 'x' } }],
  ])('refuses %s', async (_what, change) => {
    const { settings, revision } = await current();
    const before = stored();
    const answer = await flow.stage.platform.invokeResolver({
      moduleKey: 'jira-admin',
      functionKey: 'saveConnector',
      payload: { connectorId: flow.connectorId, revision, settings, ...change },
      accountId: flow.admin,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(stored()).toEqual(before);
  });

  it('drops what no setting is called, whatever it is called', async () => {
    const { settings, revision } = await current();
    const odd: unknown = JSON.parse(
      JSON.stringify({ ...settings, clientSecret: 'stray-secret', isAdmin: true }).replace(
        '{',
        '{"__proto__":{"limits":"normal"},"constructor":1,',
      ),
    );
    const answer = await flow.stage.platform.invokeResolver({
      moduleKey: 'jira-admin',
      functionKey: 'saveConnector',
      payload: { connectorId: flow.connectorId, revision, settings: odd },
      accountId: flow.admin,
    });
    expect(answer).toMatchObject({ ok: true });
    expect((await current()).settings).toEqual(settings);
    expect(stored().join()).not.toContain('stray-secret');
  });

  it('is refused to whoever edited an older revision', async () => {
    const { settings, revision } = await current();
    const save = (name: string, of: number) =>
      ask(flow, 'saveConnector', { connectorId: flow.connectorId, revision: of, settings: { ...settings, name } });
    expect(verdict(await save('First', revision))).toBe('served');
    expect(await save('Second', revision)).toMatchObject({
      ok: false,
      error: { code: 'bad-setting', message: mention('reload') },
    });
    expect(await save('Third', revision + 7)).toMatchObject({ ok: false, error: { code: 'bad-setting' } });
    expect((await current()).settings.name).toBe('First');
  });

  it('lets one of two win who save at the same moment, and the loser touches no secret', async () => {
    const { settings, revision } = await current();
    const save = (name: string) =>
      ask(flow, 'saveConnector', {
        connectorId: flow.connectorId,
        revision,
        settings: { ...settings, name },
        clientSecret: `secret-of-${name}`,
      });
    const verdicts = (await Promise.all([save('one'), save('two')])).map(verdict);
    expect(verdicts.toSorted()).toEqual(['bad-setting', 'served']);
    const winner = verdicts[0] === 'served' ? 'one' : 'two';
    expect((await current()).settings.name).toBe(winner);
    const secrets = flow.stage.platform.dumpStorage(['secret']).join();
    expect(secrets).toContain(`secret-of-${winner}`);
    expect(secrets).not.toContain(`secret-of-${winner === 'one' ? 'two' : 'one'}`);
  });

  it('needs a connector that exists', async () => {
    const { settings, revision } = await current();
    expect(verdict(await ask(flow, 'saveConnector', { connectorId: 'gone', revision, settings }))).toBe('not-found');
  });
});

describe('a secret', () => {
  it('is written and never read', async () => {
    const { settings } = await current();
    const bare = await flow.call('saveConnector', { settings });
    expect(bare.hasSecret).toBe(false);
    const { id: connectorId, revision } = bare;
    const full = await flow.call('saveConnector', {
      connectorId,
      revision,
      settings,
      clientSecret: '  pasted-secret \n',
    });
    expect(full.hasSecret).toBe(true);
    expect(JSON.stringify(full)).not.toContain('pasted-secret');
    expect(flow.stage.platform.dumpStorage(['secret']).join()).toContain('"pasted-secret"');
  });

  it('stays when none is given', async () => {
    await flow.save((settings) => ({ ...settings, name: 'Renamed' }));
    expect(flow.stage.platform.dumpStorage(['secret']).join()).toContain(JSON.stringify(secret));
    expect((await current()).hasSecret).toBe(true);
  });

  it.each(['', '   ', 'a\u0000b', 'x'.repeat(5_000)])(
    'that is none (%j) is refused by its field',
    async (clientSecret) => {
      const { settings, revision } = await current();
      const before = stored();
      const { connectorId } = flow;
      expect(await ask(flow, 'saveConnector', { connectorId, revision, settings, clientSecret })).toMatchObject({
        ok: false,
        error: { code: 'bad-setting', field: 'clientSecret' },
      });
      expect(stored()).toEqual(before);
    },
  );

  describe('that storage refuses', () => {
    const refuse = (is: (operation: ExternalOperation) => boolean) => {
      flow.stage.platform.controls.onExternal = (operation) => (is(operation) ? 'fail-before' : 'continue');
    };
    const secretSet = (operation: ExternalOperation) =>
      operation.kind === 'kvs' && operation.path.includes('secret/set');

    it('leaves the saved settings as they were, and the editor can save again', async () => {
      const before = await current();
      const { connectorId } = flow;
      const payload = {
        connectorId,
        revision: before.revision,
        settings: {
          ...before.settings,
          keycloak: { ...before.settings.keycloak, url: 'https://elsewhere.example.test' },
        },
        clientSecret: 'secret-of-elsewhere',
      };
      refuse(secretSet);
      expect(await ask(flow, 'saveConnector', payload)).toMatchObject({
        ok: false,
        error: { code: 'storage', message: mention('nothing was saved') },
      });
      flow.stage.platform.controls.onExternal = undefined;
      expect((await current()).settings).toEqual(before.settings);
      expect(verdict(await ask(flow, 'saveConnector', payload))).toBe('served');
    });

    it('leaves no new connector behind', async () => {
      const { settings } = await current();
      refuse(secretSet);
      const answer = await ask(flow, 'saveConnector', { settings: { ...settings, name: 'New' }, clientSecret: 'x' });
      flow.stage.platform.controls.onExternal = undefined;
      expect(verdict(answer)).not.toBe('served');
      expect((await flow.call('listConnectors', undefined)).map(({ name }) => name)).toEqual(['Staff']);
    });
  });

  it('of a new connector goes when the connector cannot be kept', async () => {
    const { settings } = await current();
    flow.stage.platform.controls.onExternal = (operation) =>
      operation.kind === 'kvs' && /entity\/set|transaction/.test(operation.path) ? 'fail-before' : 'continue';
    const answer = await ask(flow, 'saveConnector', { settings, clientSecret: 'secret-without-home' });
    flow.stage.platform.controls.onExternal = undefined;
    expect(verdict(answer)).not.toBe('served');
    expect(flow.stage.platform.dumpStorage(['secret']).join()).not.toContain('secret-without-home');
  });
});

describe('the base address', () => {
  beforeEach(async () => {
    await flow.call('testConnector', { connectorId: flow.connectorId });
  });

  it('that a test found is kept', async () => {
    expect((await current()).baseUrl).toBe('https://keycloak.example.test');
  });

  it('is forgotten with another address, and stays with anything else', async () => {
    await flow.save((settings) => ({ ...settings, name: 'Renamed' }));
    expect((await current()).baseUrl).toBe('https://keycloak.example.test');
    const { settings, revision } = await current();
    const { connectorId } = flow;
    const moved = { ...settings, keycloak: { ...settings.keycloak, url: 'https://other.example.test' } };
    await flow.call('saveConnector', { connectorId, revision, settings: moved, clientSecret: secret });
    expect((await current()).baseUrl).toBeUndefined();
  });
});

describe('the first test of a connector', () => {
  it('does not make the next save of the same editor a conflict', async () => {
    const { settings, revision } = await current();
    const { connectorId } = flow;
    await flow.call('testConnector', { connectorId });
    const tested = await current();
    expect(tested.revision).toBeGreaterThan(revision);
    // As the page does: it knows the revision of its own save, not that of the test.
    const edit = { connectorId, revision, settings: { ...settings, name: 'After the test' } };
    expect(verdict(await ask(flow, 'saveConnector', edit))).toBe('served');
    expect(verdict(await ask(flow, 'saveConnector', edit))).toBe('bad-setting');
    expect(await current()).toMatchObject({ settings: { name: 'After the test' }, baseUrl: tested.baseUrl });
  });
});

describe('deleting a connector', () => {
  const remove = () => ask(flow, 'deleteConnector', { connectorId: flow.connectorId });

  it('forgets it with its secret, links and adoptions, and writes nothing to Atlassian', async () => {
    const { connectorId } = flow;
    await flow.run('full');
    await flow.call('adoptGroup', { connectorId, sourceGroupId: 'a', groupId: 'b', mode: 'take-over' });
    flow.stage.atlassian.traffic.clear();
    expect(verdict(await remove())).toBe('served');
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    expect(await flow.call('listConnectors', undefined)).toEqual([]);
    expect(verdict(await ask(flow, 'getConnector', { connectorId }))).toBe('not-found');
    expect(stored().join()).not.toContain(secret);
    expect(stored().join()).not.toContain('"take-over"');
    expect(verdict(await remove())).toBe('not-found');
  });

  it('waits for a run at work', async () => {
    await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
    expect(await remove()).toMatchObject({ ok: false, error: { code: 'bad-setting', message: mention('cancel') } });
    expect(await flow.call('listConnectors', undefined)).toHaveLength(1);
  });

  it('ends its held run', async () => {
    await flow.stop();
    flow = await openFlow({ settings: { limits: 'strict' } });
    const held = await flow.run('full');
    expect(held.state).toBe('held');
    expect(verdict(await remove())).toBe('served');
    expect(await flow.call('getRun', { runId: held.id })).toMatchObject({
      state: 'cancelled',
      failure: { code: 'connector-deleted' },
    });
  });
});

describe('a rejected run', () => {
  it('pauses the schedule, also when the connector was saved a moment before', async () => {
    await flow.stop();
    flow = await openFlow({
      settings: { limits: 'strict', schedule: { enabled: true, cron: '0 2 * * *', timeZone: 'UTC' } },
    });
    const held = await flow.run('full');
    let saved = false;
    flow.stage.platform.controls.onExternal = (operation) => {
      // Somebody saves between the look at the connector and the pause.
      const pauses =
        operation.kind === 'kvs' &&
        operation.path.endsWith('transaction') &&
        operation.keys.includes(`connector:${flow.connectorId}`);
      if (!pauses || saved) return 'continue';
      saved = true;
      return 'fail-before';
    };
    expect(verdict(await ask(flow, 'rejectRun', { runId: held.id, reason: 'not yet' }))).toBe('served');
    expect(saved).toBe(true);
    expect((await current()).settings.schedule.enabled).toBe(false);
  });

  it('lets the list say why the schedule is paused, until it is resumed', async () => {
    await flow.stop();
    const schedule = { enabled: true, cron: '0 2 * * *', timeZone: 'UTC' };
    flow = await openFlow({ settings: { limits: 'strict', schedule } });
    const held = await flow.run('full');
    await flow.call('rejectRun', { runId: held.id, reason: 'not yet' });
    const [paused] = await flow.call('listConnectors', undefined);
    const { revision, settings } = await current();
    await flow.call('saveConnector', { connectorId: flow.connectorId, revision, settings: { ...settings, schedule } });
    const [resumed] = await flow.call('listConnectors', undefined);
    expect([paused?.pausedBecause, paused?.nextRunAt, resumed?.pausedBecause, resumed?.nextRunAt]).toEqual([
      'A plan was rejected.',
      undefined,
      undefined,
      expect.any(Number),
    ]);
  });

  it('is rejected once', async () => {
    await flow.stop();
    flow = await openFlow({ settings: { limits: 'strict' } });
    const { id: runId } = await flow.run('full');
    expect(verdict(await ask(flow, 'rejectRun', { runId, reason: '' }))).toBe('served');
    expect(await flow.call('getRun', { runId })).toMatchObject({ state: 'cancelled', failure: { code: 'rejected' } });
    expect(verdict(await ask(flow, 'rejectRun', { runId, reason: '' }))).toBe('changed');
  });
});

describe('choosing another directory', () => {
  it('waits for a run at work', async () => {
    const other = { orgId: flow.organization.id, directoryId: 'another' };
    await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
    const answer = await ask(flow, 'saveDirectory', other);
    expect(answer).toMatchObject({ ok: false, error: { field: 'directoryId' } });
    expect(await flow.call('getDirectory', undefined)).toMatchObject({ directoryId: flow.organization.directoryId() });
  });

  it('takes only one that the key knows', async () => {
    const other = { orgId: flow.organization.id, directoryId: 'another' };
    expect(await ask(flow, 'saveDirectory', other)).toMatchObject({ ok: false, error: { field: 'directoryId' } });
  });

  it.each(['31.12.2027', '2027-12-31T00:00', '2027-1-1'])('refuses %s as a date', async (keyExpiresOn) => {
    const same = { orgId: flow.organization.id, directoryId: flow.organization.directoryId(), keyExpiresOn };
    expect(verdict(await ask(flow, 'saveDirectory', same))).toBe('bad-request');
  });
});

describe('what can be taken out of the app', () => {
  it('holds settings alone, which can be saved elsewhere as they are', async () => {
    await flow.save((settings) => ({
      ...settings,
      scope: groupScope([sourceGroupId('a')], true),
    }));
    const { settings } = await current();
    expect(JSON.stringify(settings)).not.toContain(secret);
    const copy = await flow.call('saveConnector', { settings });
    expect(copy).toMatchObject({ settings, hasSecret: false, revision: 1 });
    expect(copy.id).not.toBe(flow.connectorId);
  });
});

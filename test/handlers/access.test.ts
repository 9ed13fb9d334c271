import { openStage, readManifest, type Stage } from '../../dev/stage';
import { startAtlassian, type Atlassian } from '../../dev/atlassian/server';
import { createPlatform, type Platform } from '../../dev/forge/platform';
import { installGlobals } from '../../dev/forge/globals';
import type { AnswerProduct } from '../../dev/forge/product';
import type { FunctionKey } from '../../src/api';
import { apiKey, openFlow, type Flow } from '../sync/flow';
import {
  addCallers,
  ask,
  idOf,
  mention,
  otherOrganization,
  payloadsWithHeldRun,
  personEmail,
  productAdminEmail,
  verdict,
  type Payloads,
} from './page';

// Behind the globals: @forge/api keeps the fetch that it finds when it is loaded.
installGlobals();
const loadFunctions = async () => (await import('../../src/handlers/resolver')).functions;

const strict = { prepare: addCallers, settings: { limits: 'strict' } } as const;
let flow: Flow;
const stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
});

async function open(options: Parameters<typeof openFlow>[0] = { prepare: addCallers, users: 3, groups: 1 }) {
  const opened = await openFlow(options);
  stopping.push(() => opened.stop());
  flow = opened;
  return opened;
}

/** Asks every function of the resolver's own table with a payload that an organization administrator is served with. */
async function askAll(accountId: string | undefined, payloads: Payloads): Promise<Record<string, string>> {
  const verdicts: Record<string, string> = {};
  for (const key of Object.keys(await loadFunctions()) as FunctionKey[]) {
    verdicts[key] = verdict(await flow.stage.call(key, payloads[key], accountId));
  }
  return verdicts;
}

async function expectAll(verdictOf: (key: FunctionKey) => Promise<string> | string) {
  const expected: Record<string, string> = {};
  for (const key of Object.keys(await loadFunctions()) as FunctionKey[]) expected[key] = await verdictOf(key);
  return expected;
}

describe('every function of the resolver', () => {
  it('has a payload in these tests', async () => {
    await open(strict);
    const payloads = await payloadsWithHeldRun(flow);
    expect(Object.keys(await loadFunctions()).sort()).toEqual(Object.keys(payloads).sort());
  });

  it.each([
    ['nobody', () => undefined],
    ['an account that does not exist', () => 'unknown:account'],
    ['somebody who administers nothing', () => idOf(flow, personEmail)],
  ])('refuses %s', async (_who, accountOf) => {
    await open(strict);
    const payloads = await payloadsWithHeldRun(flow);
    const before = flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
    expect(await askAll(accountOf(), payloads)).toEqual(await expectAll(() => 'forbidden'));
    expect(flow.stage.platform.dumpStorage(['value', 'entity', 'secret'])).toEqual(before);
  });

  it('refuses a product administrator where an organization administrator is needed, and serves what is left', async () => {
    await open(strict);
    const payloads = await payloadsWithHeldRun(flow);
    const functions = await loadFunctions();
    // An inquiry with the saved settings keeps a record of its own; it comes last, so that nothing else hides behind it.
    const { startExplain, ...others } = payloads;
    const unasked = { ...others, startExplain: { ...startExplain, user: '' } };
    const before = flow.stage.platform.dumpStorage(['value', 'entity', 'secret']);
    expect(await askAll(idOf(flow, productAdminEmail), unasked)).toEqual({
      ...(await expectAll((key) => (functions[key].needs === 'product administrator' ? 'served' : 'forbidden'))),
      startExplain: 'bad-setting',
    });
    expect(flow.stage.platform.dumpStorage(['value', 'entity', 'secret'])).toEqual(before);
    expect(verdict(await ask(flow, 'startExplain', startExplain, idOf(flow, productAdminEmail)))).toBe('served');
  });

  it('refuses before it looks at the payload', async () => {
    await open();
    const functions = await loadFunctions();
    for (const key of Object.keys(functions) as FunctionKey[]) {
      const call = (email: string) =>
        flow.stage.platform.invokeResolver({
          moduleKey: 'jira-admin',
          functionKey: key,
          payload: { settings: { version: 2 }, connectorId: '../../etc', runId: 1, part: -1 },
          accountId: idOf(flow, email),
        });
      expect(await call(personEmail)).toMatchObject({ error: { code: 'forbidden' } });
      if (functions[key].needs === 'organization administrator') {
        expect(await call(productAdminEmail)).toMatchObject({ error: { code: 'forbidden' } });
      }
    }
  });

  it('serves an organization administrator', async () => {
    const keys = Object.keys(await loadFunctions()) as FunctionKey[];
    const verdicts: Record<string, string> = {};
    for (const key of keys) {
      await open(strict);
      const payloads = await payloadsWithHeldRun(flow);
      verdicts[key] = verdict(await ask(flow, key, payloads[key]));
    }
    expect(verdicts).toEqual(await expectAll(() => 'served'));
  }, 60_000);

  it('takes no word of the payload or the page for who calls', async () => {
    await open(strict);
    const payloads = await payloadsWithHeldRun(flow);
    const { admin } = flow;
    const claims = {
      accountId: admin,
      caller: { accountId: admin },
      context: { accountId: admin },
      principal: { accountId: admin },
      productAdmin: true,
      organizationAdmin: true,
      needs: 'product administrator',
      orgId: flow.organization.id,
    };
    for (const key of Object.keys(await loadFunctions()) as FunctionKey[]) {
      const answer = await flow.stage.platform.invokeResolver({
        moduleKey: 'jira-admin',
        functionKey: key,
        payload: { ...claims, ...payloads[key] },
        accountId: idOf(flow, personEmail),
        extension: { type: 'jira:adminPage', ...claims },
      });
      expect({ key, answer }).toMatchObject({ key, answer: { ok: false, error: { code: 'forbidden' } } });
    }
  });
});

describe('a function that reads more or less', () => {
  const as = () => idOf(flow, productAdminEmail);

  it('lets a product administrator simulate and survey with the saved settings', async () => {
    const { connectorId } = await open();
    const { settings } = await flow.call('getConnector', { connectorId });
    expect(verdict(await ask(flow, 'startSurvey', { connectorId }, as()))).toBe('served');
    expect(verdict(await ask(flow, 'startSurvey', { connectorId, settings }, as()))).toBe('served');
    expect(verdict(await ask(flow, 'startRun', { connectorId, kind: 'simulate', settings }, as()))).toBe('served');
  });

  it('lets a product administrator simulate one person, and not sync them', async () => {
    const { connectorId } = await open();
    const user = flow.person(0).id;
    expect(verdict(await ask(flow, 'syncUser', { connectorId, user, kind: 'simulate', suspend: true }, as()))).toBe(
      'served',
    );
    expect(verdict(await ask(flow, 'syncUser', { connectorId, user, kind: 'full' }, as()))).toBe('forbidden');
  });

  it('lets a product administrator simulate unsaved settings that read the same realm', async () => {
    const { connectorId } = await open();
    const { settings } = await flow.call('getConnector', { connectorId });
    const other = { ...settings, cleanup: { behaviour: 'keep', memberships: false, graceDays: 0 } } as const;
    expect(verdict(await ask(flow, 'startRun', { connectorId, kind: 'simulate', settings: other }, as()))).toBe(
      'served',
    );
    expect(verdict(await ask(flow, 'startExplain', { connectorId, user: 'anna', settings: other }, as()))).toBe(
      'served',
    );
  });

  it('reads attributes of people that the saved settings do not name for an organization administrator alone', async () => {
    const { connectorId } = await open();
    const { settings } = await flow.call('getConnector', { connectorId });
    const [email, ...rows] = settings.users.mapping;
    if (email === undefined) throw new Error('there is a row for the e-mail address');
    const salary = { ...email, attribute: 'jobTitle', templates: ['${salary}'], otherwise: 'ignore' } as const;
    const mapping = [email, ...rows, salary];
    for (const users of [{ mapping }, { relinkAttribute: 'salary' }]) {
      const other = { ...settings, users: { ...settings.users, ...users } };
      expect(verdict(await ask(flow, 'startExplain', { connectorId, user: 'anna', settings: other }, as()))).toBe(
        'forbidden',
      );
      expect(verdict(await ask(flow, 'startExplain', { connectorId, user: 'anna', settings: other }))).toBe('served');
    }
  });

  it.each([
    ['another server', { url: 'https://elsewhere.example.test' }],
    ['another path of the server', { url: 'https://keycloak.example.test/auth' }],
    ['another admin address', { adminUrl: 'https://elsewhere.example.test' }],
    ['another realm', { realm: 'other' }],
    ['another login realm', { loginRealm: 'master' }],
    ['another client', { clientId: 'other' }],
  ])('sends the stored client secret to %s for an organization administrator alone', async (_what, change) => {
    const { connectorId } = await open();
    const { settings } = await flow.call('getConnector', { connectorId });
    const other = { ...settings, keycloak: { ...settings.keycloak, ...change } };
    expect({
      survey: verdict(await ask(flow, 'startSurvey', { connectorId, settings: other }, as())),
      simulate: verdict(await ask(flow, 'startRun', { connectorId, kind: 'simulate', settings: other }, as())),
      explain: verdict(await ask(flow, 'startExplain', { connectorId, user: 'anna', settings: other }, as())),
      pending: flow.stage.platform.pendingEvents().length,
      administrator: verdict(await ask(flow, 'startSurvey', { connectorId, settings: other })),
    }).toEqual({
      survey: 'forbidden',
      simulate: 'forbidden',
      explain: 'forbidden',
      pending: 0,
      administrator: 'served',
    });
  });
});

describe('a function that nobody defined', () => {
  it.each(['unknown', '', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'refuses "%s", whoever calls',
    async (functionKey) => {
      await open();
      for (const accountId of [undefined, flow.admin]) {
        const answer = await flow.stage.platform.invokeResolver({
          moduleKey: 'jira-admin',
          functionKey,
          payload: { connectorId: flow.connectorId },
          ...(accountId === undefined ? {} : { accountId }),
        });
        expect(answer).toEqual({
          ok: false,
          error: { code: 'unknown-function', message: mention('reload') },
        });
      }
    },
  );
});

describe('the check of the product administrator', () => {
  const admin = { globalPermissions: ['ADMINISTER'], projectPermissions: [] };
  let platform: Platform;

  async function openBare(product: AnswerProduct, change: (manifest: string) => string = (text) => text) {
    const { createApp } = await import('../../src/app');
    const { bindHandlers } = await import('../../src/handlers/bind');
    platform = createPlatform({
      manifest: JSON.parse(change(JSON.stringify(readManifest()))),
      // The manifest binds the handlers by name.
      app: { handlers: bindHandlers(createApp()) as Readonly<Record<string, (...args: unknown[]) => unknown>> },
      product,
    });
    stopping.push(() => platform.stop());
  }

  const list = (moduleKey: string) =>
    platform.invokeResolver({ moduleKey, functionKey: 'listConnectors', accountId: 'somebody' });

  it('serves whom Jira or Confluence calls an administrator', async () => {
    await openBare(({ product }) =>
      Response.json(
        product === 'jira' ? admin : { operations: [{ operation: 'administer', targetType: 'application' }] },
      ),
    );
    expect(await list('jira-admin')).toEqual({ ok: true, value: [] });
    expect(await list('jira-configure')).toEqual({ ok: true, value: [] });
    expect(await list('confluence-admin')).toEqual({ ok: true, value: [] });
  });

  it('asks the product in which the page is open', async () => {
    await openBare(({ product }) => (product === 'jira' ? Response.json(admin) : new Response('', { status: 403 })));
    expect(await list('confluence-admin')).toMatchObject({ error: { code: 'forbidden' } });
  });

  it.each<[string, AnswerProduct]>([
    ['is refused with 403', () => Response.json(admin, { status: 403 })],
    ['is answered with 401', () => Response.json(admin, { status: 401 })],
    ['fails with 500', () => Response.json(admin, { status: 500 })],
    ['is answered with 204', () => new Response(null, { status: 204 })],
    ['is answered with broken JSON', () => new Response('{"globalPermissions":["ADMINISTER"]')],
    ['is answered with an empty body', () => new Response('')],
    ['is answered with another shape', () => Response.json({ globalPermissions: 'ADMINISTER' })],
    ['is answered with an empty list', () => Response.json({ globalPermissions: [] })],
    ['is answered with another permission', () => Response.json({ globalPermissions: ['ADMINISTER_PROJECTS'] })],
    [
      'is answered with rights on other things',
      () => Response.json({ operations: [{ operation: 'administer', targetType: 'space' }] }),
    ],
    ['ends in a network fault', () => Promise.reject(new TypeError('fetch failed'))],
  ])('fails closed when it %s', async (_fault, answer) => {
    await openBare(answer);
    for (const moduleKey of ['jira-admin', 'confluence-admin']) {
      expect(await list(moduleKey)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
  });

  it('fails closed without its scopes', async () => {
    await openBare(
      () => Response.json(admin),
      (text) => text.replace('"read:permission:jira",', '').replace('"read:confluence-user",', ''),
    );
    for (const moduleKey of ['jira-admin', 'confluence-admin']) {
      expect(await list(moduleKey)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
  });
});

describe('the check of the organization administrator', () => {
  const test = () => ask(flow, 'testDirectory', undefined);

  it.each(['expired', 'revoked'] as const)('fails closed when the stored key is %s, with a way out', async (state) => {
    await open();
    flow.organization.changeKey(apiKey, state);
    const answer = await test();
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden', message: mention('key') } });
    flow.organization.addKey({ secret: 'renewed-key' });
    const { id: orgId } = flow.organization;
    const renewed = { key: 'renewed-key', orgId, directoryId: flow.organization.directoryId() };
    expect(verdict(await ask(flow, 'saveDirectory', renewed))).toBe('served');
    expect(verdict(await test())).toBe('served');
  });

  it.each([
    ['is refused', { kind: 'status', status: 403 }],
    ['fails', { kind: 'status', status: 500 }],
    ['comes cut off', { kind: 'truncated' }],
    ['is no whole JSON', { kind: 'half JSON' }],
    ['has another shape', { kind: 'status', status: 200, body: { data: { platformRoles: ['atlassian/org-admin'] } } }],
    [
      'names somebody else',
      {
        kind: 'status',
        status: 200,
        body: {
          data: [
            { accountId: 'other', accountType: 'atlassian', status: 'active', platformRoles: ['atlassian/org-admin'] },
          ],
        },
      },
    ],
  ] as const)('fails closed when its search %s', async (_what, fault) => {
    await open();
    flow.stage.atlassian.faults.plan({ path: 'users/search', times: 10, fault });
    expect(verdict(await test())).toBe('forbidden');
  });

  it.each([
    ['no organization administrator any more', { platformRoles: [] }],
    ['an administrator of another kind', { platformRoles: ['atlassian/user-access-admin'] }],
    ['no account of a person', { accountType: 'app' }],
  ] as const)('asks anew at each call: %s', async (_what, change) => {
    await open();
    expect(verdict(await test())).toBe('served');
    flow.organization.changeAccount('boss@example.com', change as Parameters<Flow['organization']['changeAccount']>[1]);
    expect(verdict(await test())).toBe('forbidden');
  });

  it('asks anew at each call: no product administrator any more', async () => {
    await open();
    expect(verdict(await test())).toBe('served');
    flow.organization.changeAccount('boss@example.com', { productAdmin: [] });
    expect(verdict(await test())).toBe('forbidden');
  });

  it('refuses a suspended administrator', async () => {
    await open();
    flow.organization.suspendByHand('boss@example.com');
    expect(verdict(await test())).toBe('forbidden');
  });
});

describe('a new key', () => {
  let elsewhere: Atlassian;

  /** Puts another organization behind Atlassian's address. */
  async function openElsewhere(admins: readonly string[]) {
    await open();
    const organization = otherOrganization(
      'key-of-elsewhere',
      admins.map((email) => ({ id: idOf(flow, email), email })),
    );
    elsewhere = await startAtlassian({ organization });
    stopping.push(() => elsewhere.stop());
    const { controls } = flow.stage.platform;
    controls.upstreams = { ...controls.upstreams, 'https://api.atlassian.com': elsewhere.url };
  }

  const itsDirectory = () => ({
    key: 'key-of-elsewhere',
    orgId: elsewhere.organization.id,
    directoryId: elsewhere.organization.directoryId(),
  });

  const secretsNow = () => flow.stage.platform.dumpStorage(['secret', 'value']);

  it.each([productAdminEmail, 'boss@example.com'])(
    'of an organization where %s is nobody is refused and not kept',
    async (email) => {
      await openElsewhere([]);
      const before = secretsNow();
      const accountId = idOf(flow, email);
      expect(verdict(await ask(flow, 'findOrganizations', { key: 'key-of-elsewhere' }, accountId))).toBe('forbidden');
      expect(verdict(await ask(flow, 'saveDirectory', itsDirectory(), accountId))).toBe('forbidden');
      expect(secretsNow()).toEqual(before);
    },
  );

  it('of the own organization does not make its finder an administrator', async () => {
    await open();
    const accountId = idOf(flow, productAdminEmail);
    const { id: orgId } = flow.organization;
    const before = secretsNow();
    expect(verdict(await ask(flow, 'findOrganizations', { key: apiKey }, accountId))).toBe('forbidden');
    const own = { key: apiKey, orgId, directoryId: flow.organization.directoryId() };
    expect(verdict(await ask(flow, 'saveDirectory', own, accountId))).toBe('forbidden');
    expect(secretsNow()).toEqual(before);
  });

  it('of an organization of his own does not give a product administrator the connectors of this one', async () => {
    await openElsewhere([productAdminEmail]);
    const before = secretsNow();
    const accountId = idOf(flow, productAdminEmail);
    expect(verdict(await ask(flow, 'findOrganizations', { key: 'key-of-elsewhere' }, accountId))).toBe('served');
    const answer = await ask(flow, 'saveDirectory', itsDirectory(), accountId);
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden', message: mention('key') } });
    expect(secretsNow()).toEqual(before);
  });

  it('may name another organization while there is no connector', async () => {
    await openElsewhere([productAdminEmail]);
    const { controls } = flow.stage.platform;
    const there = controls.upstreams;
    controls.upstreams = { ...there, 'https://api.atlassian.com': flow.stage.atlassian.url };
    await flow.call('deleteConnector', { connectorId: flow.connectorId });
    controls.upstreams = there;
    expect(verdict(await ask(flow, 'saveDirectory', itsDirectory(), idOf(flow, productAdminEmail)))).toBe('served');
  });

  it.each([
    ['empty', ' '],
    ['of two lines', 'key\nsecond'],
    ['with a typographic mark', 'key…'],
  ])('that is %s is a setting to mend, and is sent nowhere', async (_what, key) => {
    await open();
    flow.stage.atlassian.traffic.clear();
    expect(await ask(flow, 'findOrganizations', { key })).toMatchObject({
      ok: false,
      error: { code: 'bad-setting', field: 'key' },
    });
    expect(flow.stage.atlassian.traffic.all).toEqual([]);
  });
});

describe('without a stored key', () => {
  let stage: Stage;

  it('nobody is an organization administrator, and a product administrator may set up the directory', async () => {
    await open();
    const { createApp } = await import('../../src/app');
    const { bindHandlers } = await import('../../src/handlers/bind');
    stage = await openStage({
      // The manifest binds the handlers by name.
      app: { handlers: bindHandlers(createApp()) as Readonly<Record<string, (...args: unknown[]) => unknown>> },
      atlassian: { organization: flow.organization },
    });
    stopping.push(() => stage.stop());
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    expect(await stage.call('getMe', undefined, flow.admin)).toEqual({
      ok: true,
      value: { productAdmin: true, organizationAdmin: false },
    });
    expect(verdict(await stage.call('saveConnector', { settings }, flow.admin))).toBe('forbidden');
    expect(await stage.call('findOrganizations', {}, flow.admin)).toMatchObject({
      ok: false,
      error: { code: 'bad-setting', field: 'key' },
    });
    const directory = { key: apiKey, orgId: flow.organization.id, directoryId: flow.organization.directoryId() };
    expect(verdict(await stage.call('saveDirectory', directory, idOf(flow, productAdminEmail)))).toBe('forbidden');
    expect(verdict(await stage.call('saveDirectory', directory, flow.admin))).toBe('served');
    expect(verdict(await stage.call('saveConnector', { settings }, flow.admin))).toBe('served');
  });
});

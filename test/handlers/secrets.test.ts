import { installGlobals } from '../../dev/forge/globals';
import type { FaultKind } from '../../dev/atlassian/faults';
import type { Fault } from '../../dev/keycloak/double/faults';
import type { FunctionKey } from '../../src/api';
import { apiKey, openFlow, secret, type Flow } from '../sync/flow';
import { addCallers, payloadsWithHeldRun } from './page';
import { watch, type Watch } from './watch';

// Behind the globals: @forge/api keeps the fetch that it finds when it is loaded.
installGlobals();

let flow: Flow;
let seen: Watch;
afterEach(() => flow.stop());

async function open(options: Parameters<typeof openFlow>[0]) {
  flow = await openFlow(options);
  seen = watch(flow);
}

const canaries = [secret, apiKey];

/** Where a text came to light. */
function findLeaks(texts: readonly string[]): Record<string, readonly string[]> {
  const holds = (lines: readonly string[]) => lines.filter((line) => texts.some((text) => line.includes(text)));
  return { answers: holds(seen.answers), logs: holds(seen.logs()), stored: holds(seen.stored()) };
}
const none = { answers: [], logs: [], stored: [] };

/** Addresses, user names and full names of everybody on both sides. */
function people(): readonly string[] {
  const named = flow.realm.users.flatMap(({ email, username, firstName = '', lastName = '' }) => [
    ...(email === undefined ? [] : [email]),
    username,
    `${firstName} ${lastName}`,
  ]);
  const accounts = flow.organization.snapshot().accounts.flatMap(({ email, name }) => [email, name]);
  return [...named, ...accounts].filter((text) => text.length > 5);
}

/** Everything that the page does in a life with this flow; refusals are as good as values here. */
async function live(): Promise<void> {
  const ask = (key: FunctionKey, payload: unknown) =>
    flow.stage.platform.invokeResolver({ moduleKey: 'jira-admin', functionKey: key, payload, accountId: flow.admin });
  const { connectorId, organization } = flow;
  const { settings, revision } = await flow.call('getConnector', { connectorId });
  await ask('saveConnector', { connectorId, revision, settings, clientSecret: secret });
  await ask('saveDirectory', { key: apiKey, orgId: organization.id, directoryId: organization.directoryId() });
  await ask('findOrganizations', { key: apiKey });
  await ask('testConnector', { connectorId });
  await ask('testDirectory', undefined);
  for (const kind of ['simulate', 'full'] as const) {
    await ask('startRun', { connectorId, kind });
    await ask('startSurvey', { connectorId });
    for (let tick = 0; tick < 12; tick += 1) {
      await flow.stage.platform.drainQueue();
      flow.clock.advance(5 * 60_000);
      await flow.stage.platform.fireScheduledTrigger('every-five-minutes');
    }
  }
  for (const run of await flow.call('listRuns', {})) {
    await ask('getRun', { runId: run.id });
    for (let part = 0; part < (run.reportParts ?? 0); part += 1) await ask('getReport', { runId: run.id, part });
  }
}

describe('the client secret and the organization key', () => {
  it('lie in secret storage, where they are looked for in vain elsewhere', async () => {
    await open({ users: 8, groups: 3 });
    await live();
    const secrets = flow.stage.platform.dumpStorage(['secret']).join();
    for (const canary of canaries) expect(secrets).toContain(JSON.stringify(canary));
    // The search sees into what it searches: people are in reports, group names in snapshots.
    const [somebody] = flow.realm.users;
    expect(seen.stored().some((value) => value.includes(somebody?.email ?? '?'))).toBe(true);
    expect(findLeaks(canaries)).toEqual(none);
  });

  it('are in no answer of any function, neither to the administrator nor to others', async () => {
    const { functions } = await import('../../src/handlers/resolver');
    await open({ prepare: addCallers, settings: { limits: 'strict' } });
    const payloads = await payloadsWithHeldRun(flow);
    const keys = Object.keys(functions) as FunctionKey[];
    // What ends the run or the connector comes last, so that all others have something to tell.
    const last = ['approveRun', 'cancelRun', 'rejectRun', 'deleteConnector'];
    for (const key of keys.toSorted((one, other) => last.indexOf(one) - last.indexOf(other))) {
      const before = seen.answers.length;
      const canary = { clientSecret: secret, key: apiKey };
      for (const payload of [payloads[key], { ...canary, ...payloads[key] }]) {
        await flow.stage.platform.invokeResolver({
          moduleKey: 'jira-admin',
          functionKey: key,
          payload,
          accountId: flow.admin,
        });
      }
      expect(seen.answers).toHaveLength(before + 2);
    }
    expect(findLeaks(canaries)).toEqual(none);
  });

  it('travel in a header or a form to their own server, never in an address or to the other side', async () => {
    await open({ users: 8, groups: 3 });
    const addresses: string[] = [];
    const look = flow.stage.platform.controls.onExternal;
    flow.stage.platform.controls.onExternal = (operation) => {
      if (operation.kind === 'fetch') addresses.push(operation.url);
      return look?.(operation) ?? 'continue';
    };
    await live();
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((url) => canaries.some((canary) => url.includes(canary)))).toEqual([]);
    const toKeycloak = JSON.stringify(flow.keycloak.requests);
    expect(toKeycloak).not.toContain(apiKey);
    expect(JSON.stringify(flow.stage.atlassian.traffic.all)).not.toContain(secret);
    const withSecret = flow.keycloak.requests.filter(({ body, headers }) => {
      const basic = Buffer.from((headers['authorization'] ?? '').replace(/^Basic /, ''), 'base64').toString();
      return body.includes(secret) || basic.includes(secret);
    });
    expect([...new Set(withSecret.map(({ path }) => path))]).toEqual(['/realms/staff/protocol/openid-connect/token']);
  });
});

const echo = JSON.stringify({
  error: `invalid ${secret}`,
  error_description: `wrong secret ${secret} for ${apiKey}`,
  errorMessage: secret,
});

describe('a Keycloak that says the secret back', () => {
  const answers: readonly (readonly [string, RegExp, Fault])[] = [
    ['refusing the client with 401', /openid-connect\/token/, { kind: 'status', status: 401, body: echo }],
    ['refusing the client with 400', /openid-connect\/token/, { kind: 'status', status: 400, body: echo }],
    ['failing at the token', /openid-connect\/token/, { kind: 'status', status: 500, body: echo }],
    ['giving a token that is none', /openid-connect\/token/, { kind: 'status', status: 200, body: echo }],
    [
      'giving it as the token',
      /openid-connect\/token/,
      {
        kind: 'status',
        status: 200,
        body: JSON.stringify({ access_token: secret, expires_in: 300, token_type: 'Bearer' }),
      },
    ],
    [
      'redirecting to an address with it',
      /openid-connect\/token/,
      { kind: 'status', status: 302, headers: { location: `https://keycloak.example.test/?${secret}` } },
    ],
    ['refusing the realm', /well-known/, { kind: 'status', status: 404, body: echo }],
    [
      'naming it as issuer',
      /well-known/,
      { kind: 'status', status: 200, body: JSON.stringify({ issuer: `https://${secret}/realms/other` }) },
    ],
    ['refusing users with 403', /\/users/, { kind: 'status', status: 403, body: echo }],
    ['refusing the token with 401', /\/users/, { kind: 'status', status: 401, body: echo }],
    ['failing at users', /\/users/, { kind: 'status', status: 500, body: echo }],
    ['sending no JSON for users', /\/users\?/, { kind: 'status', status: 200, body: `[{"id":"${secret}"` }],
    ['sending another shape for users', /\/users\?/, { kind: 'status', status: 200, body: echo }],
    ['refusing groups with 400', /\/groups/, { kind: 'status', status: 400, body: echo }],
  ];

  it.each(answers)('by %s is not repeated', async (_what, match, then) => {
    await open({ users: 4, groups: 2 });
    flow.keycloak.faults.push({ match, then });
    await live();
    const [run] = await flow.call('listRuns', {});
    expect(run?.failure?.message).toMatch(/\.$/);
    expect(findLeaks(canaries)).toEqual(none);
  });
});

describe('an Atlassian that says the key back', () => {
  const body = {
    code: apiKey,
    message: `the key ${apiKey} is wrong`,
    errors: [{ code: apiKey, title: apiKey, detail: secret }],
    errorKey: apiKey,
    context: apiKey,
  };
  const status = (code: number): FaultKind => ({ kind: 'status', status: code, body });
  const answers: readonly (readonly [string, string, FaultKind])[] = [
    ['refusing the key with 401', '', status(401)],
    ['refusing a read with 403', 'users/search', status(403)],
    ['failing at a read', 'users/search', status(500)],
    ['asking to slow down', 'groups/search', status(429)],
    ['not knowing the directory', 'groups/count', status(404)],
    ['sending another shape', 'groups/search', status(200)],
    ['refusing an invitation with 400', 'invite', status(400)],
    ['refusing an invitation with 403', 'invite', status(403)],
    ['refusing an invitation with 409', 'invite', status(409)],
    ['refusing an invitation with 402', 'invite', status(402)],
    ['refusing memberships with 400', 'memberships', status(400)],
    ['refusing memberships with 404', 'memberships', status(404)],
    ['failing after an invitation', 'invite', { ...status(500), kind: 'status after write' } as FaultKind],
  ];

  /** A new person, who is invited into a group, and another group for somebody who is there: changes of both kinds. */
  function addSomebody(): void {
    const { realm } = flow;
    const { id } = flow.person(0);
    const isNew = (groupId: string) =>
      !realm.memberships.some((each) => each.userId === id && each.groupId === groupId);
    realm.users.push({
      id: '00000000-0000-4000-8000-00000000abcd',
      username: 'newcomer',
      email: 'newcomer@example.com',
      enabled: true,
      emailVerified: true,
      createdTimestamp: 0,
    });
    for (const { id: groupId } of realm.groups.filter((group) => isNew(group.id))) {
      realm.memberships.push({ userId: id, groupId });
    }
  }

  it.each(answers)('by %s is not repeated', async (_what, path, fault) => {
    await open({ users: 4, groups: 4 });
    const { connectorId } = flow;
    await flow.run('full');
    addSomebody();
    // The administrator is let in, so that the answer meets the run and not its start.
    await flow.call('startRun', { connectorId, kind: 'full' });
    flow.stage.atlassian.faults.plan({ path, times: 1_000, fault });
    for (let tick = 0; tick < 12; tick += 1) {
      await flow.stage.platform.drainQueue();
      flow.clock.advance(5 * 60_000);
      await flow.stage.platform.fireScheduledTrigger('every-five-minutes');
    }
    const struck = flow.stage.atlassian.traffic.all.filter((exchange) => exchange.fault !== undefined);
    expect(struck.length).toBeGreaterThan(0);
    // Tests of the directory and of keys meet the same answers.
    const organization = { orgId: flow.organization.id, directoryId: flow.organization.directoryId() };
    await flow.stage.call('findOrganizations', { key: apiKey }, flow.admin);
    await flow.stage.call('saveDirectory', { key: apiKey, ...organization }, flow.admin);
    await flow.stage.call('testDirectory', undefined, flow.admin);
    flow.stage.atlassian.faults.clear();
    for (const run of await flow.call('listRuns', {})) {
      for (let part = 0; part < (run.reportParts ?? 0); part += 1)
        await flow.call('getReport', { runId: run.id, part });
    }
    expect(findLeaks(canaries)).toEqual(none);
  });
});

describe('log lines', () => {
  it('say what failed, and nothing of secrets or people', async () => {
    await open({ users: 12, groups: 3 });
    await live();
    await flow.save((settings) => ({ ...settings, schedule: { enabled: true, cron: '0 2 * * *', timeZone: 'UTC' } }));
    flow.clock.advance(25 * 3_600_000);
    flow.stage.platform.controls.onExternal = (operation) =>
      operation.kind === 'kvs' && operation.path.includes('set') ? 'fail-before' : 'continue';
    await flow.stage.platform.fireScheduledTrigger('every-five-minutes');
    flow.stage.platform.controls.onExternal = undefined;
    const logs = seen.logs();
    expect(logs.join('\n')).toContain('a scheduled run was not started');
    expect(people().length).toBeGreaterThan(30);
    expect(logs.filter((line) => [...canaries, ...people()].some((text) => line.includes(text)))).toEqual([]);
  });

  it('tell the kind and the place of an unknown error, not its message', async () => {
    await open({ users: 3, groups: 1 });
    const { createResolver } = await import('../../src/handlers/resolver');
    const lines: string[] = [];
    const failing = new Error(`${secret} ${apiKey} somebody@example.com`);
    const resolve = createResolver(
      () =>
        // Only what the call below touches.
        ({
          isProductAdmin: () => Promise.resolve(true),
          connectors: { list: () => Promise.reject(failing) },
          world: {
            log: { error: (message: string, data: object) => lines.push(JSON.stringify({ message, ...data })) },
          },
        }) as never,
    );
    const context = { accountId: 'a', moduleKey: 'jira-admin' };
    const answer = await resolve(
      // The SDK's own type asks for more of the context than it uses.
      { call: { functionKey: 'listConnectors' }, context },
      { principal: { accountId: 'a' } },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'bug' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('listConnectors');
    for (const text of [secret, apiKey, 'somebody@example.com']) {
      expect(JSON.stringify(answer) + lines.join()).not.toContain(text);
    }
  });
});

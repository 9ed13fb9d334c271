import api, { getAppContext, route } from '@forge/api';
import { kvs } from '@forge/kvs';
import Resolver from '@forge/resolver';
import { createPlatform } from '../../../dev/forge/platform';
import { forgeLogLimits } from '../../../dev/forge/logs';
import type { Handler } from '../../../dev/forge/load-app';
import type { ExternalFate } from '../../../dev/forge/external';
import { closeSamples, failureOf, manifest, openSample } from './sample';

afterEach(closeSamples);

const whoAmI = () => {
  const resolver = new Resolver();
  resolver.define('who', ({ payload, context }) => {
    const { accountId, moduleKey } = context as Readonly<Record<string, unknown>>; // typed as any by the SDK
    return { payload: payload as unknown, accountId, moduleKey };
  });
  resolver.define('fail', () => {
    throw new Error('Not allowed.');
  });
  resolver.define('huge', () => ({ text: 'x'.repeat(5 * 1024 * 1024) }));
  resolver.define('hang', async () => new Promise(() => undefined));
  resolver.define('nothing', () => undefined);
  const definitions = resolver.getDefinitions();
  type Arguments = Parameters<typeof definitions>;
  const handler: Handler = async (...values) => definitions(...(values as Arguments)); // the platform's arguments
  return { handlers: { resolver: handler } };
};
const call = { moduleKey: 'page', accountId: 'anna' };

describe('a resolver', () => {
  it('gets the payload as JSON and the caller from the platform', async () => {
    const { platform } = openSample(whoAmI());
    const payload = { at: new Date(0), gone: undefined };
    expect(await platform.invokeResolver({ ...call, functionKey: 'who', payload })).toEqual({
      payload: { at: '1970-01-01T00:00:00.000Z' },
      accountId: 'anna',
      moduleKey: 'page',
    });
  });

  it('sees no account when nobody is known', async () => {
    const { platform } = openSample(whoAmI());
    expect(await platform.invokeResolver({ moduleKey: 'page', functionKey: 'who' })).toEqual({
      payload: {},
      moduleKey: 'page',
    });
  });

  it.each([
    ['threw', 'Not allowed.', 'fail', {}],
    ['threw', "Resolver has no definition for 'absent'.", 'absent', {}],
    ['payload-too-large', 'The request has more than 500 KB.', 'who', { text: 'x'.repeat(500 * 1024) }],
    ['response-too-large', 'The response has more than 5 MB.', 'huge', {}],
  ])('that fails rejects: %s, %s', async (reason, message, functionKey, payload) => {
    const { platform } = openSample(whoAmI());
    expect(await failureOf(platform.invokeResolver({ ...call, functionKey, payload }))).toMatchObject({
      reason,
      message,
    });
  });

  it('may answer nothing', async () => {
    const { platform } = openSample(whoAmI());
    expect(await platform.invokeResolver({ ...call, functionKey: 'nothing' })).toBeUndefined();
  });

  it('ends after 25 s, at the next thing that it wants from the platform', async () => {
    const { clock, run, platform } = openSample();
    const failure = await failureOf(
      run(async () => {
        clock.advance(25_000);
        await kvs.set('late', 1);
      }),
    );
    expect(failure).toMatchObject({ reason: 'timeout' });
    expect(platform.dumpStorage()).toEqual([]);
  });

  it('ends when the platform stops', async () => {
    const { platform } = openSample(whoAmI());
    const failure = failureOf(platform.invokeResolver({ ...call, functionKey: 'hang' }));
    await closeSamples();
    expect(await failure).toMatchObject({ reason: 'stopped' });
  });
});

describe('concurrent invocations', () => {
  it('keep their own context across awaits, also on two platforms', async () => {
    const first = openSample();
    const second = openSample({ installation: { cloudId: 'other', installationId: 'second' } });
    const seen: string[] = [];
    const body = (name: string) => async () => {
      const before = getAppContext();
      await kvs.set('name', name);
      await new Promise(setImmediate);
      const after = getAppContext();
      seen.push(name);
      return [before.invocationId === after.invocationId, after.installationAri.installationId, await kvs.get('name')];
    };
    const results = await Promise.all([first.run(body('a')), second.run(body('b'))]);
    const { installationId } = first.platform.installation;
    expect(results).toEqual([
      [true, installationId, 'a'],
      [true, 'second', 'b'],
    ]);
    expect(seen).toHaveLength(2);
  });

  it('have the remaining time of their own module', async () => {
    const remaining: number[] = [];
    const note = () => void remaining.push(getAppContext().invocationRemainingTimeInMillis());
    const { run, platform, clock } = openSample({ handlers: { scheduled: note } });
    await run(async () => {
      clock.advance(1000);
      note();
    });
    await platform.fireScheduledTrigger('tick');
    expect(remaining).toEqual([24_000, 55_000]);
  });

  it('live in the time of the platform’s clock', async () => {
    const { run, clock } = openSample();
    expect(await run(async () => [Date.now(), new Date().getTime(), new Date(5).getTime()])).toEqual([
      clock.now(),
      clock.now(),
      5,
    ]);
  });
});

describe('outside an invocation', () => {
  it('the platform’s functions fail', async () => {
    openSample();
    expect(() => getAppContext()).toThrow('Forge runtime not found.');
    expect((await failureOf(kvs.get('k'))).message).toBe('Forge runtime not found.');
  });
});

describe('logs', () => {
  it('are kept as lines with their invocation and stay out of the terminal', async () => {
    const { run, platform } = openSample();
    await run(async () => console.warn('count %d', 3, { a: 1 }));
    expect(platform.logs.map(({ level, text }) => [level, text])).toEqual([['warn', 'count 3 { a: 1 }']]);
  });

  it('may be echoed through the console', async () => {
    const echoed: string[] = [];
    const { run } = openSample({
      echo: ({ text }) => {
        // Printing is not logging: it must not come back here.
        console.debug(text);
        echoed.push(text);
      },
    });
    await run(async () => console.log('once'));
    expect(echoed).toEqual(['once']);
  });

  it('end after 100 lines a minute when the limits hold', async () => {
    const { run, platform } = openSample({ logLimits: forgeLogLimits });
    await run(async () => {
      for (let at = 0; at < 120; at += 1) console.log(at);
    });
    expect(platform.logs).toHaveLength(100);
  });
});

describe('a product call', () => {
  const product = async (request: unknown) => Response.json(request);

  it('as the user carries the account of the invocation', async () => {
    const { run } = openSample({ product });
    const seen = await run(async () => {
      const init = { method: 'POST', body: '{}' };
      return (await api.asUser().requestJira(route`/rest/api/3/permissions/check`, init)).json() as Promise<unknown>;
    }, 'anna');
    expect(seen).toEqual({
      product: 'jira',
      provider: 'user',
      accountId: 'anna',
      path: '/rest/api/3/permissions/check',
      init: { method: 'POST', body: '{}' },
    });
  });

  it.each([
    ['unauthorized-401', 401],
    ['forbidden-403', 403],
  ] as const)('without the scope is refused (%s)', async (missingScope, status) => {
    const { run } = openSample({ product, doubts: { missingScope } });
    const current = () => api.asUser().requestConfluence(route`/wiki/rest/api/user/current`);
    expect(await run(async () => (await current()).status)).toBe(status);
  });

  it.each([
    ['classic', 'read:confluence-user', 200],
    ['granular', 'read:content-details:confluence', 200],
    ['another', 'read:confluence-groups', 401],
  ])('opens with the %s scope %s: %i', async (_name, scope, status) => {
    const own = { ...manifest, permissions: { scopes: [scope] } };
    const { run } = openSample({ product, manifest: own });
    const current = () => api.asUser().requestConfluence(route`/wiki/rest/api/user/current`);
    expect(await run(async () => (await current()).status)).toBe(status);
  });

  it.each([
    ['without a user', undefined, undefined],
    ['as somebody else', 'anna', 'otto'],
  ])('as the user %s wants authentication', async (_name, accountId, other) => {
    let message = '';
    const ask = async () => {
      const path = route`/rest/api/3/mypermissions`;
      message = (await failureOf(api.asUser(other).requestJira(path))).message;
    };
    const { platform, run } = openSample({ product, handlers: { scheduled: ask } });
    await (accountId === undefined ? platform.fireScheduledTrigger('tick') : run(ask, accountId));
    expect(message).toBe('Authentication Required');
  });
});

describe('a killed invocation', () => {
  it.each<[ExternalFate, unknown[]]>([
    ['kill-before', ['before']],
    ['kill-after', ['before', 'at']],
    ['continue', ['before', 'at', 'after', 'cleanup']],
  ])('under %s has written %j and never continues', async (fate, written) => {
    const { run, platform } = openSample();
    platform.controls.onExternal = (operation) =>
      operation.kind === 'kvs' && operation.keys.includes('at') ? fate : 'continue';
    const body = run(async () => {
      try {
        await kvs.set('before', 'before');
        await kvs.set('at', 'at');
        await kvs.set('after', 'after');
      } finally {
        await kvs.set('cleanup', 'cleanup');
      }
    });
    if (fate === 'continue') await body;
    else expect(await failureOf(body)).toMatchObject({ reason: 'killed' });
    await new Promise(setImmediate);
    expect(platform.dumpStorage().map((text) => JSON.parse(text) as unknown)).toEqual(written);
  });

  it('takes its other promises with it', async () => {
    const { run, platform } = openSample();
    const settled: string[] = [];
    platform.controls.onExternal = (operation) =>
      operation.kind === 'kvs' && operation.keys.includes('deadly') ? 'kill-before' : 'continue';
    await failureOf(
      run(async () => {
        const note = (name: string) => () => void settled.push(name);
        await Promise.all([
          kvs.get('slow').then(note('get'), note('get')),
          kvs.set('deadly', 1).then(note('set'), note('set')),
        ]);
      }),
    );
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(settled).toEqual([]);
  });
});

it('a handler that the app does not have is named', async () => {
  const platform = createPlatform({ manifest, app: { handlers: {} } });
  expect((await failureOf(platform.fireScheduledTrigger('tick'))).message).toBe(
    'The app has no handler index.scheduled.',
  );
  await platform.stop();
});

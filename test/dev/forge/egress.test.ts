import '../../../dev/forge/install';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import api from '@forge/api';
import type { Handler } from '../../../dev/forge/load-app';
import { closeSamples, failureOf, manifest, openSample, type SampleOptions } from './sample';

const keycloak = 'https://keycloak.example.test';
const received: string[] = [];
const server = http.createServer((request, response) => {
  received.push(`${request.method ?? ''} ${request.url ?? ''}`);
  if (request.url?.startsWith('/away')) response.writeHead(302, { location: 'https://elsewhere.test/' });
  if (request.url?.startsWith('/moved')) response.writeHead(302, { location: '/here' });
  response.end(JSON.stringify({ path: request.url }));
});
let upstreams: Record<string, string> = {};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const local = `http://127.0.0.1:${port}`;
  upstreams = { [keycloak]: local, 'https://api.atlassian.com': local, 'https://elsewhere.test': local };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(closeSamples);
beforeEach(() => received.splice(0));

const open = (options: SampleOptions = {}) => openSample({ upstreams, ...options });

describe('an outbound call', () => {
  it('reaches a static host and an approved one, and gives no stream', async () => {
    const { run, platform } = open();
    platform.egress.approve(keycloak);
    const seen = await run(async () => {
      const first = await api.fetch('https://api.atlassian.com/admin?x=1');
      const second = await fetch(`${keycloak}/realms`, { method: 'POST', body: 'a=b' });
      return [await first.json(), first.status, await second.text(), 'body' in second, 'url' in second] as unknown[];
    });
    expect(seen).toEqual([{ path: '/admin?x=1' }, 200, '{"path":"/realms"}', false, false]);
    expect(received).toEqual(['GET /admin?x=1', 'POST /realms']);
  });

  it.each([
    ['another host', 'https://elsewhere.test/'],
    ['another port', `${keycloak}:8443/realms`],
    ['http', 'http://keycloak.example.test/realms'],
    ['a sub-domain', 'https://a.keycloak.example.test/'],
    ['a name before the host', 'https://keycloak.example.test@elsewhere.test/'],
  ])('to %s is answered by the proxy with 403 and its header', async (_name, url) => {
    const { run, platform } = open();
    platform.egress.approve(keycloak);
    const seen = await run(async () => {
      const response = await api.fetch(url);
      return [response.status, response.headers.get('forge-proxy-error')];
    });
    expect([seen, received]).toEqual([[403, 'BLOCKED_EGRESS'], []]);
  });

  it('to a blocked host may also be thrown', async () => {
    const { run } = open({ doubts: { blockedEgress: 'rejected' } });
    const error = await run(async () => failureOf(api.fetch(`${keycloak}/`)));
    expect(error.name).toBe('REQUEST_EGRESS_ALLOWLIST_ERR');
  });

  it('is blocked again once the approval is revoked', async () => {
    const { run, platform } = open();
    platform.egress.approve(keycloak);
    const status = async () => (await api.fetch(`${keycloak}/`)).status;
    const before = await run(status);
    platform.egress.revoke(keycloak);
    expect([before, await run(status)]).toEqual([200, 403]);
  });

  it('follows a redirect only where it may call, and shows it under manual', async () => {
    const { run, platform } = open();
    platform.egress.approve(keycloak);
    const seen = await run(async () => {
      const moved = await api.fetch(`${keycloak}/moved`);
      const away = await api.fetch(`${keycloak}/away`);
      const manual = await api.fetch(`${keycloak}/away`, { redirect: 'manual' });
      const refused = await failureOf(api.fetch(`${keycloak}/away`, { redirect: 'error' }));
      return [
        await moved.json(),
        away.status,
        manual.status,
        manual.headers.get('location'),
        refused.message,
      ] as unknown[];
    });
    expect(seen).toEqual([{ path: '/here' }, 403, 302, 'https://elsewhere.test/', 'fetch failed']);
  });

  it('to an approved host that nobody plays fails like an unreachable one', async () => {
    const { run, platform } = open();
    platform.egress.approve('https://typo.example.test');
    const error = await run(async () => failureOf(api.fetch('https://typo.example.test/')));
    expect([error.message, error.cause]).toMatchObject(['fetch failed', { code: 'ENOTFOUND' }]);
  });

  it('with a Request object is refused', async () => {
    const { run } = open();
    const error = await run(async () => failureOf(fetch(new Request('https://api.atlassian.com/'))));
    expect([error.name, received]).toEqual(['TypeError', []]);
  });

  it('is aborted by its signal', async () => {
    const { run } = open();
    const signal = AbortSignal.abort();
    expect((await run(async () => failureOf(api.fetch('https://api.atlassian.com/', { signal })))).name).toBe(
      'AbortError',
    );
  });

  it.each([
    ['tick', 100],
    ['long', 1500],
  ])('over the limit of its module %s, %i, is rejected', async (moduleKey, limit) => {
    let counted = 0;
    let message = '';
    const callAll: Handler = async () => {
      // Blocked calls count as well, and need no server.
      for (; counted < limit; counted += 1) await api.fetch('https://elsewhere.test/');
      message = (await failureOf(api.fetch('https://api.atlassian.com/'))).message;
    };
    const { platform, run } = open({ handlers: { scheduled: callAll, consume: callAll } });
    if (moduleKey === 'tick') await platform.fireScheduledTrigger('tick');
    else {
      const { Queue } = await import('@forge/events');
      await run(async () => new Queue({ key: 'long' }).push({ body: {} }));
      await platform.drainQueue();
    }
    expect([counted, message, received]).toEqual([
      limit,
      `Outbound call limit of ${limit} per invocation exceeded`,
      [],
    ]);
  });

  it('that is killed after it was sent has reached the server', async () => {
    const { run, platform } = open();
    platform.controls.onExternal = () => 'kill-after';
    const failure = await failureOf(run(async () => api.fetch('https://api.atlassian.com/once')));
    expect([failure.message.includes('killed'), received]).toEqual([true, ['GET /once']]);
  });

  it('may lose its answer', async () => {
    const { run, platform } = open();
    platform.controls.onExternal = () => 'fail-after';
    const error = await run(async () => failureOf(api.fetch('https://api.atlassian.com/once')));
    expect([error.cause, received]).toMatchObject([{ code: 'ECONNRESET' }, ['GET /once']]);
  });
});

describe('customer-managed egress', () => {
  const set = (domain: string, type = 'FETCH_BACKEND_SIDE') => ({
    egresses: [{ key: 'keycloak', description: 'Your Keycloak server', configured: [{ domain, type: [type] }] }],
  });

  it('is kept in groups, read by key and taken back by domain or group', () => {
    const { egress } = open().platform;
    const results = set(keycloak).egresses;
    expect(egress.set(set(keycloak))).toEqual({ results });
    expect(egress.get({ keys: ['keycloak'] })).toEqual({ results });
    expect(egress.get({ keys: ['other'] })).toEqual({ results: [] });
    egress.deleteDomain({ key: 'keycloak', domain: keycloak, type: 'FETCH_BACKEND_SIDE' });
    expect(egress.get(undefined)).toEqual({ results: [] });
    egress.set(set(keycloak));
    egress.deleteGroup({ key: 'keycloak' });
    expect(egress.isAllowed(`${keycloak}/`)).toBe(false);
  });

  it.each(['http://keycloak.example.test', 'https://*.example.test', 'keycloak.example.test', `${keycloak}/auth`])(
    'refuses %s',
    (domain) => {
      expect(() => open().platform.egress.set(set(domain))).toThrow('is no https address');
    },
  );

  it('for another kind of use opens nothing to the backend', () => {
    const { egress } = open().platform;
    egress.set(set(keycloak, 'IMAGES'));
    expect(egress.isAllowed(`${keycloak}/`)).toBe(false);
  });

  it('is refused when the manifest does not allow it', () => {
    const { platform } = open({ manifest: { ...manifest, permissions: { scopes: [] } } });
    expect(() => platform.egress.set(set(keycloak))).toThrow('does not allow');
  });
});

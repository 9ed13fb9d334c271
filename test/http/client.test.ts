import type { RequestListener } from 'node:http';
import type { HttpClientParts } from '../../src/http/client';
import { createHttpClient } from '../../src/http/client';
import type { FetchLike, HttpRequest } from '../../src/http/http';
import { HttpError } from '../../src/http/http';
import type { LocalServer } from './local-server';
import { startServer } from './local-server';

let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A client on a clock that only moves when it sleeps. */
function clientOf(fetch: FetchLike, more: Partial<HttpClientParts> = {}) {
  const slept: number[] = [];
  let spent = 0;
  let clock = 1_000_000;
  const client = createHttpClient({
    fetch,
    counter: { spend: () => void (spent += 1) },
    sleep: async (ms) => {
      slept.push(ms);
      clock += ms;
    },
    random: () => 0.5,
    now: () => clock,
    ...more,
  });
  return { client, slept, spent: () => spent };
}

async function serve(listener: RequestListener): Promise<LocalServer> {
  server = await startServer(listener);
  return server;
}

const get = (url: string): HttpRequest => ({ method: 'GET', url, repeatable: true });

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const { fault, method, path, status, retryAfterMs } = error;
    return { fault, method, path, status, retryAfterMs };
  }
}

describe('answers', () => {
  it('gives status, text and headers of one attempt, and sends what it was told', async () => {
    const { origin, fetch } = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.setHeader('x-told', [request.method, request.headers.authorization, body].join(' '));
        response.statusCode = 201;
        response.end('grüße');
      });
    });
    const { client, spent, slept } = clientOf(fetch);
    const answer = await client.send({
      method: 'POST',
      url: `${origin}/a?b=c`,
      headers: { authorization: 'Bearer t' },
      body: 'x=1',
      repeatable: false,
    });
    expect([answer.status, answer.text, answer.header('X-Told'), answer.header('none'), spent(), slept]).toEqual([
      201,
      'grüße',
      'POST Bearer t x=1',
      undefined,
      1,
      [],
    ]);
  });

  it.each([204, 304, 400, 401, 403, 404, 409])('%i is an answer, not tried again', async (status) => {
    const { origin, fetch, seen } = await serve((_request, response) => response.writeHead(status).end());
    const { client } = clientOf(fetch);
    expect([(await client.send(get(`${origin}/`))).status, seen.length]).toEqual([status, 1]);
  });

  it('does not follow a redirect', async () => {
    const { origin, fetch, seen } = await serve((_request, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    const answer = await clientOf(fetch).client.send(get(`${origin}/a`));
    expect([answer.status, answer.header('location'), seen]).toEqual([302, '/elsewhere', ['GET /a']]);
  });
});

describe('attempts', () => {
  /** Answers with each status in turn, then 200. */
  const turns = (statuses: readonly number[], headers: Record<string, string> = {}): RequestListener => {
    let turn = 0;
    return (_request, response) => {
      const status = statuses[turn];
      turn += 1;
      response.writeHead(status ?? 200, status === undefined ? {} : headers).end('fine');
    };
  };

  it('gets through a burst of 503, 502 and 504, counting each attempt', async () => {
    const { origin, fetch } = await serve(turns([503, 502, 504]));
    const { client, slept, spent } = clientOf(fetch);
    expect([(await client.send(get(`${origin}/`))).text, spent(), slept]).toEqual(['fine', 4, [500, 2_000, 8_000]]);
  });

  it('gives up after four attempts, with what the server asked last', async () => {
    const { origin, fetch, seen } = await serve(turns([503, 503, 503, 503, 503], { 'retry-after': '1' }));
    const { client } = clientOf(fetch);
    expect([await faultOf(client.send(get(`${origin}/users?secret=1`))), seen.length]).toEqual([
      { fault: 'status', method: 'GET', path: '/users', status: 503, retryAfterMs: 1_000 },
      4,
    ]);
  });

  it('waits as long as 429 asks, also for a request that must not be repeated', async () => {
    const { origin, fetch } = await serve(turns([429], { 'retry-after': '20' }));
    const { client, slept } = clientOf(fetch);
    const answer = await client.send({ method: 'POST', url: `${origin}/`, repeatable: false });
    expect([answer.status, slept]).toEqual([200, [23_000]]);
  });

  it('does not repeat a request that the server may have acted on', async () => {
    const { origin, fetch, seen } = await serve(turns([502]));
    const { client } = clientOf(fetch);
    expect([await faultOf(client.send({ method: 'POST', url: `${origin}/`, repeatable: false })), seen.length]).toEqual(
      [{ fault: 'status', method: 'POST', path: '/', status: 502, retryAfterMs: undefined }, 1],
    );
  });

  it('gets over a connection that breaks, before the answer or in its middle', async () => {
    let turn = 0;
    const { origin, fetch } = await serve((request, response) => {
      turn += 1;
      if (turn === 1) return void request.socket.destroy();
      if (turn === 2) {
        response.writeHead(200, { 'content-length': '100' });
        return void response.write('half', () => request.socket.destroy());
      }
      response.end('whole');
    });
    const { client, spent } = clientOf(fetch);
    expect([(await client.send(get(`${origin}/`))).text, spent()]).toEqual(['whole', 3]);
  });

  it('ends an attempt at its time limit, also when the body stalls and the signal is not obeyed', async () => {
    const { origin, fetch } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    const deaf: FetchLike = (url, { method, headers }) => fetch(url, { method, headers });
    const { client, spent } = clientOf(deaf);
    const request = { ...get(`${origin}/`), timeoutMs: 20 };
    expect([await faultOf(client.send(request)), spent()]).toEqual([
      { fault: 'timeout', method: 'GET', path: '/', status: undefined, retryAfterMs: undefined },
      4,
    ]);
  });

  it('does not begin a wait that would go beyond the time left', async () => {
    const { origin, fetch, seen } = await serve(turns([503, 503]));
    const { client, slept } = clientOf(fetch, { deadline: () => 1_000_000 + 2_000 });
    expect([await faultOf(client.send(get(`${origin}/`))), seen.length, slept]).toEqual([
      { fault: 'status', method: 'GET', path: '/', status: 503, retryAfterMs: undefined },
      2,
      [500],
    ]);
  });

  it('sends nothing when no time is left', async () => {
    const { origin, fetch, seen } = await serve(turns([]));
    const { client, spent } = clientOf(fetch, { deadline: () => 1_000_000 });
    const fault = await faultOf(client.send(get(`${origin}/`)));
    expect([fault, seen.length, spent()]).toEqual([expect.objectContaining({ fault: 'timeout' }), 0, 0]);
  });

  it('lets the counter stop it, before anything is sent', async () => {
    const { origin, fetch, seen } = await serve(turns([503, 503]));
    let left = 2;
    const { client } = clientOf(fetch, {
      counter: {
        spend: () => {
          if (left === 0) throw new RangeError('no calls left');
          left -= 1;
        },
      },
    });
    await expect(client.send(get(`${origin}/`))).rejects.toThrow(new RangeError('no calls left'));
    expect(seen.length).toBe(2);
  });
});

describe('what stands in the way', () => {
  it.each(['http://server.example.test/', 'https://127.0.0.1/', 'https://localhost/', 'nonsense'])(
    'an address that is not public is refused and not called: %s',
    async (url) => {
      const { client, spent } = clientOf(async () => {
        throw new Error('called');
      });
      expect([await faultOf(client.send(get(url))), spent()]).toEqual([
        { fault: 'address', method: 'GET', path: '', status: undefined, retryAfterMs: undefined },
        0,
      ]);
    },
  );

  it.each([400, 403, 404, 451])('Forge blocks the host with a %i that its header gives away', async (status) => {
    const { origin, fetch, seen } = await serve((_request, response) =>
      response.writeHead(status, { 'forge-proxy-error': 'REQUEST_EGRESS_ALLOWLIST_ERR' }).end(),
    );
    expect([await faultOf(clientOf(fetch).client.send(get(`${origin}/x`))), seen.length]).toEqual([
      { fault: 'not-approved', method: 'GET', path: '/x', status: undefined, retryAfterMs: undefined },
      1,
    ]);
  });

  const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });
  const failed = (cause: unknown) => new TypeError('fetch failed', { cause });
  it.each<[string, Error, string]>([
    [
      'the proxy error of the platform',
      Object.assign(new Error('Forbidden'), { name: 'ProxyRequestError', status: 403, errorCode: 'ANY' }),
      'not-approved',
    ],
    ['a code of the egress proxy', withCode('refused', 'REQUEST_EGRESS_ALLOWLIST_ERR'), 'not-approved'],
    [
      'the words of the runtime',
      new Error('URL not included in the external fetch backend permissions'),
      'not-approved',
    ],
    ['a host named egress that does not resolve', failed(withCode('ENOTFOUND egress.test', 'ENOTFOUND')), 'network'],
    ['a refused connection', failed(withCode('refused', 'ECONNREFUSED')), 'network'],
    ['several refused connections', failed(new AggregateError([withCode('refused', 'ECONNREFUSED')])), 'network'],
    ['a certificate of its own', failed(withCode('self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT')), 'tls'],
    ['an expired certificate', failed(withCode('expired', 'CERT_HAS_EXPIRED')), 'tls'],
    ['a certificate for another host', failed(withCode('altname', 'ERR_TLS_CERT_ALTNAME_INVALID')), 'tls'],
    ['an incomplete chain', failed(withCode('leaf', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'tls'],
    ['no TLS at the port', failed(withCode('version', 'ERR_SSL_WRONG_VERSION_NUMBER')), 'tls'],
    ['a connection that is never made', failed(withCode('slow', 'UND_ERR_CONNECT_TIMEOUT')), 'timeout'],
    ['something unknown', new Error('what?'), 'network'],
  ])('%s', async (_name, error, fault) => {
    const { client, spent } = clientOf(async () => {
      throw error;
    });
    const attempts = fault === 'network' || fault === 'timeout' ? 4 : 1;
    expect([await faultOf(client.send(get('https://server.example.test/'))), spent()]).toEqual([
      { fault, method: 'GET', path: '/', status: undefined, retryAfterMs: undefined },
      attempts,
    ]);
  });
});

import { serve, type HttpBindings, type ServerType } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { answer, refuseRate } from './answer';
import { createFaults, type FaultKind, type Faults } from './faults';
import { saveState } from './keep';
import { createOrganization, type Organization } from './organization';
import type { Route } from './route';
import { routes } from './routes';
import { createTraffic, isWrite, parseText, type Traffic } from './traffic';

export interface AtlassianOptions {
  /** A new organization by default. */
  readonly organization?: Organization;
  /** 0 by default: the system chooses. */
  readonly port?: number;
  /** Where the state is saved after every write; whoever starts the server loads it (`loadState`). */
  readonly file?: string;
  /** Whether traffic keeps answers too, true by default; large measurements switch it off. */
  readonly recordAnswers?: boolean;
}

export interface Atlassian {
  /** Stands for `https://api.atlassian.com`; without a slash at the end. */
  readonly url: string;
  readonly organization: Organization;
  readonly traffic: Traffic;
  readonly faults: Faults;
  stop(): Promise<void>;
}

type Env = { Bindings: HttpBindings };

/** Starts the stand-in of Atlassian's administration APIs on the loopback interface. */
export async function startAtlassian(options: AtlassianOptions = {}): Promise<Atlassian> {
  const organization = options.organization ?? createOrganization();
  const traffic = createTraffic();
  const faults = createFaults();
  const { store } = organization;
  const { every } = store.doubts.rateLimit;
  let requests = 0;

  function respond(context: Context<Env>, route: Route, text: string): Response {
    requests += 1;
    if (every > 0 && requests % every === 0) return refuseRate(store, route.family, context.req.path);
    const call = { store, url: new URL(context.req.url), params: context.req.param(), text };
    const response = answer(route, call, context.req.header('authorization') ?? null);
    if (options.file !== undefined && response.ok && isWrite({ method: route.method, path: context.req.path }))
      saveState(options.file, organization.dump());
    return response;
  }

  async function handle(context: Context<Env>, route: Route): Promise<Response> {
    const text = await context.req.text();
    const { pathname, search } = new URL(context.req.url);
    const path = pathname + search;
    const fault = faults.next(context.req.method, path);
    const response = before(fault) ?? respond(context, route, text);
    const answerText = await response.clone().text();
    const silent = fault?.kind.startsWith('timeout') === true || fault?.kind.startsWith('reset') === true;
    const replaced = fault?.kind === 'status after write' ? statusResponse(fault) : response;
    traffic.record({
      method: context.req.method,
      path,
      body: parseText(text),
      status: silent ? 0 : replaced.status,
      responseBody: options.recordAnswers === false || silent ? undefined : parseText(await replaced.clone().text()),
      ...(fault ? { fault: fault.kind } : {}),
    });
    return spoil(context, fault, replaced, answerText);
  }

  const app = new Hono<Env>();
  for (const route of routes) app.on(route.method, route.path, (context) => handle(context, route));
  app.notFound(() => Response.json({ code: 404, message: 'Not Found' }, { status: 404 }));
  // A fault of the stand-in itself must not look like one of Atlassian's answers.
  app.onError((error) => {
    process.stderr.write(`The Atlassian stand-in failed: ${error.stack ?? error.message}\n`);
    return new Response('The stand-in failed.', { status: 599 });
  });

  const { server, port } = await listen(app, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    organization,
    traffic,
    faults,
    stop: () => close(server),
  };
}

/** The answer of faults that strike before the organization sees the request. */
function before(fault: FaultKind | undefined): Response | undefined {
  if (fault?.kind === 'meanwhile') fault.run();
  if (fault?.kind === 'status') return statusResponse(fault);
  if (fault?.kind === 'timeout' || fault?.kind === 'reset') return new Response(null, { status: 204 });
  return undefined;
}

function statusResponse(fault: Extract<FaultKind, { readonly status: number }>): Response {
  const init = { status: fault.status, headers: fault.headers ?? {} };
  return fault.body === undefined ? new Response(null, init) : Response.json(fault.body, init);
}

/** Sends the answer as the fault lets it through. */
function spoil(
  context: Context<Env>,
  fault: FaultKind | undefined,
  response: Response,
  text: string,
): Response | Promise<Response> {
  const { incoming, outgoing } = context.env;
  switch (fault?.kind) {
    case 'timeout':
    case 'timeout after write':
      // Answered by nobody: the caller gives up, or the server stops.
      return new Promise(() => undefined);
    case 'reset':
    case 'reset after write':
      incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'truncated':
      outgoing.writeHead(response.status, {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(text) + 1),
      });
      outgoing.write(text.slice(0, text.length / 2), () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    case 'half JSON':
      return new Response(text.slice(0, text.length / 2), {
        status: response.status,
        headers: { 'Content-Type': 'application/json' },
      });
    default:
      return response;
  }
}

function listen(app: Hono<Env>, port: number): Promise<{ readonly server: ServerType; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.once('error', reject);
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

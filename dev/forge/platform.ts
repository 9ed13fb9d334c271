import * as v from 'valibot';
import { answerError, toAppResponse } from './answer';
import { systemClock, type Clock } from './clock';
import { kindDoubts, type Doubts } from './doubts';
import { createEgressApprovals, type EgressApprovals } from './egress';
import type { OnExternal } from './external';
import { installGlobals, type Host } from './globals';
import { runInvocation, guard, type Invocation, type LogLine, type Origin, type Outcome } from './invocation';
import { createKvs } from './kvs';
import { openStore, type Space } from './kvs/store';
import { loadHandler, type AppSource } from './load-app';
import { createLogBook, type LogLimits } from './logs';
import { findModule, parseManifest, type InvocableModule, type Manifest } from './manifest';
import { createPolicedFetch, type Upstreams } from './policed-fetch';
import { createProductGate, type AnswerProduct } from './product';
import { createQueue, plainDelivery, type Delivered, type Delivery } from './queue';
import { deliverNext, drainQueue, type DrainOptions } from './queue/drain';
import { describeEvent, type QueuedEvent } from './queue/event';
import { startRealTime, type RealTimeDriver, type RealTimeOptions } from './queue/real-time';
import { demoInstallation, describeRuntime, installationContext, type Installation } from './runtime';

const KB = 1024;
const requestLimit = 500 * KB;
const responseLimit = 5 * KB * KB;

/** What a test may change while the platform runs. */
export interface Controls {
  onExternal?: OnExternal | undefined;
  delivery: Delivery;
  storageFull: boolean;
  failsInBatch: (key: string) => boolean;
  upstreams: Upstreams;
}

export interface PlatformOptions {
  /** The parsed manifest.yml. */
  readonly manifest: unknown;
  readonly app: AppSource;
  /** SQLite file; in memory without one. */
  readonly storageFile?: string;
  readonly clock?: Clock;
  readonly product?: AnswerProduct;
  readonly upstreams?: Upstreams;
  /** Lets approved addresses without an upstream out into the real network. */
  readonly realNetwork?: boolean;
  readonly doubts?: Partial<Doubts>;
  readonly delivery?: Partial<Delivery>;
  readonly installation?: Partial<Installation>;
  /** Who may approve egress; nobody without it. */
  readonly isAdmin?: (accountId: string) => Promise<boolean> | boolean;
  /** Requests and events a minute; by default with the system's clock only, since a manual one stands still. */
  readonly ratesEnforced?: boolean;
  readonly logLimits?: LogLimits;
  readonly echo?: (line: LogLine) => void;
}

export interface ResolverCall {
  readonly moduleKey: string;
  /** The resolver's own key, as the page's `invoke` names it. */
  readonly functionKey: string;
  readonly payload?: unknown;
  /** Absent for a caller whom nobody knows. */
  readonly accountId?: string;
  readonly extension?: Readonly<Record<string, unknown>>;
}

/** An invocation that did not return; `threw` carries the app's own message. */
export class InvocationFailure extends Error {
  constructor(
    readonly reason: 'threw' | 'timeout' | 'killed' | 'stopped' | 'payload-too-large' | 'response-too-large',
    message: string,
  ) {
    super(message);
    this.name = 'InvocationFailure';
  }
}

export interface Platform {
  readonly manifest: Manifest;
  readonly installation: Installation;
  readonly clock: Clock;
  readonly controls: Controls;
  readonly egress: EgressApprovals;
  readonly logs: readonly LogLine[];
  isAdmin(accountId: string): Promise<boolean>;
  /** What the page's `invoke` gets; rejects with `InvocationFailure`. */
  invokeResolver(call: ResolverCall): Promise<unknown>;
  fireScheduledTrigger(moduleKey: string): Promise<Outcome>;
  pendingEvents(): readonly QueuedEvent[];
  deliverNext(): Promise<readonly Delivered[] | undefined>;
  drainQueue(options?: DrainOptions): Promise<readonly Delivered[]>;
  /** Delivers and fires as real time goes by; `stop` of the platform ends it too. */
  startRealTime(options?: RealTimeOptions): RealTimeDriver;
  /** Every stored value as text, secrets only on demand. */
  dumpStorage(kinds?: readonly Space['kind'][]): readonly string[];
  /** Ends every invocation, stops the driver and closes storage. */
  stop(): Promise<void>;
}

const targetSchema = v.looseObject({
  type: v.string(),
  provider: v.optional(v.string()),
  remote: v.optional(v.string()),
  accountId: v.optional(v.string()),
});

function throughJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown); // any JSON
}

const sizeOf = (value: unknown): number => Buffer.byteLength(value === undefined ? '' : JSON.stringify(value));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One installation of the app, with the platform around it. */
export function createPlatform(options: PlatformOptions): Platform {
  const installed = installGlobals();
  const manifest = parseManifest(options.manifest);
  const clock = options.clock ?? systemClock;
  const doubts: Doubts = { ...kindDoubts, ...options.doubts };
  const installation: Installation = { ...demoInstallation, ...options.installation };
  const ratesEnforced = options.ratesEnforced ?? clock === systemClock;
  const store = openStore(options.storageFile);
  const egress = createEgressApprovals(manifest, store);
  const logBook = createLogBook(options.logLimits, options.echo);
  const controls: Controls = {
    delivery: { ...plainDelivery, ...options.delivery },
    storageFull: false,
    failsInBatch: () => false,
    upstreams: options.upstreams ?? {},
  };
  const running = new Set<Invocation>();
  const onExternal = (): OnExternal | undefined => controls.onExternal;
  let driver: RealTimeDriver | undefined;

  const answerKvs = createKvs({
    storage: {
      store,
      clock,
      entities: manifest.app.storage.entities,
      doubts,
      isFull: () => controls.storageFull,
      failsInBatch: (key) => controls.failsInBatch(key),
    },
    mayUse: manifest.permissions.scopes.includes('storage:app'),
    ratesEnforced,
    onExternal,
  });
  const answerProduct = createProductGate({
    scopes: manifest.permissions.scopes,
    doubts,
    answer: options.product ?? (() => answerError(404, 'NOT_FOUND', 'No product behind this platform.')),
  });
  const policedFetch = createPolicedFetch({
    approvals: egress,
    doubts,
    upstreams: () => controls.upstreams,
    realNetwork: options.realNetwork ?? false,
    onExternal,
    realFetch: installed.realFetch,
  });
  const queue = createQueue({
    manifest,
    clock,
    ratesEnforced,
    delivery: () => controls.delivery,
    onExternal,
    pushed: () => driver?.wake(),
    consume: async (event) => consume(event),
  });

  async function answerForge(invocation: Invocation, to: unknown, path: string, init?: RequestInit): Promise<Response> {
    const { type, provider, remote, accountId } = v.parse(targetSchema, to);
    const body = typeof init?.body === 'string' ? init.body : '';
    if (type === 'kvs') return answerKvs(invocation, path, body);
    if (type === 'fpp' && (remote === 'jira' || remote === 'confluence')) {
      return answerProduct(invocation, { product: remote, provider: provider ?? 'none', accountId, path, init });
    }
    if (type === 'fpp' && remote === 'stargate' && path.startsWith('/webhook/queue/')) {
      return queue.answer(invocation, path, body);
    }
    return answerError(501, 'NOT_SUPPORTED', `The stand-in does not play ${type} ${remote ?? ''} ${path}.`);
  }

  const host: Host = {
    fetch: policedFetch,
    forgeFetch: async (invocation, target, path, init) =>
      toAppResponse(await guard(invocation, async () => answerForge(invocation, target, path, init)), (work) =>
        guard(invocation, work),
      ),
    runtime: (invocation) => describeRuntime(manifest, installation, invocation),
    log: (invocation, level, values) => logBook.write(invocation, level, values),
  };

  interface Start {
    readonly module: InvocableModule;
    readonly accountId?: string;
    readonly origin?: Origin;
    readonly event: unknown;
    readonly context: unknown;
  }

  async function start({ module, accountId, origin, event, context }: Start): Promise<Outcome> {
    const handler = loadHandler(options.app, module.handler, installed);
    let own: Invocation | undefined;
    const started = (invocation: Invocation): void => {
      own = invocation;
      running.add(invocation);
      installed.hosts.set(invocation, host);
    };
    const who = { ...(accountId === undefined ? {} : { accountId }), ...(origin === undefined ? {} : { origin }) };
    try {
      return await runInvocation({ module, clock, started, ...who }, () => handler(event, context));
    } finally {
      if (own) running.delete(own);
    }
  }

  const backend = {
    installContext: `ari:cloud:jira::site/${installation.cloudId}`,
    installation: installationContext(installation),
  };

  async function consume(event: QueuedEvent): Promise<Outcome> {
    const consumer = manifest.modules.consumer.find((each) => each.queue === event.queueName);
    if (!consumer) throw new Error(`No consumer of queue ${event.queueName}.`);
    const outcome = await start({
      module: findModule(manifest, consumer.key),
      origin: event.origin,
      event: describeEvent(event, clock.now()),
      context: { ...backend, principal: undefined },
    });
    if (outcome.kind === 'threw') {
      options.echo?.({
        level: 'error',
        text: `consumer threw: ${messageOf(outcome.error)}`,
        invocationId: event.eventId,
      });
    }
    return outcome.kind === 'returned' ? { kind: 'returned', value: throughJson(outcome.value) } : outcome;
  }

  return {
    manifest,
    installation,
    clock,
    controls,
    egress,
    logs: logBook.lines,
    isAdmin: async (accountId) => (await options.isAdmin?.(accountId)) ?? false,
    async invokeResolver({ moduleKey, functionKey, payload, accountId, extension }) {
      const module = findModule(manifest, moduleKey);
      if (sizeOf(payload) > requestLimit) {
        throw new InvocationFailure('payload-too-large', 'The request has more than 500 KB.');
      }
      const outcome = await start({
        module,
        ...(accountId === undefined ? {} : { accountId }),
        event: {
          call: { functionKey, payload: throughJson(payload) },
          context: {
            cloudId: installation.cloudId,
            moduleKey,
            localId: `${installation.environmentId}/${moduleKey}`,
            environmentId: installation.environmentId,
            environmentType: 'DEVELOPMENT',
            siteUrl: installation.siteUrl,
            extension: extension ?? { type: module.type },
          },
        },
        context: { ...backend, principal: accountId === undefined ? undefined : { accountId } },
      });
      switch (outcome.kind) {
        case 'returned':
          if (sizeOf(outcome.value) > responseLimit) {
            throw new InvocationFailure('response-too-large', 'The response has more than 5 MB.');
          }
          return throughJson(outcome.value);
        case 'threw':
          throw new InvocationFailure('threw', messageOf(outcome.error));
        default:
          throw new InvocationFailure(outcome.kind, `The invocation of ${functionKey} ended: ${outcome.kind}.`);
      }
    },
    async fireScheduledTrigger(moduleKey) {
      const event = { context: { cloudId: installation.cloudId, moduleKey }, contextToken: 'local' };
      return start({ module: findModule(manifest, moduleKey), event, context: { ...backend, principal: undefined } });
    },
    pendingEvents: queue.pending,
    deliverNext: async () => deliverNext(queue),
    drainQueue: async (drain) => drainQueue(queue, clock, drain),
    startRealTime(realTime) {
      const fire = async (moduleKey: string): Promise<Outcome> => this.fireScheduledTrigger(moduleKey);
      driver = startRealTime({ manifest, clock, queue, fire }, realTime);
      return driver;
    },
    dumpStorage: (kinds = ['value', 'entity']) => store.dump(kinds),
    async stop() {
      const stopping = driver?.stop();
      for (const invocation of running) invocation.end('stopped');
      await stopping;
      store.close();
    },
  };
}

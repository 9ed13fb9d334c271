import type { Api, FunctionKey } from '../../src/api';
import { createBudget } from '../../src/sync/budget';
import { defaultSettings, type ConnectorSettings } from '../../src/domain/connector';
import type { Run } from '../../src/domain/run';
import { kindDoubts, type Doubts as AtlassianDoubts } from '../../dev/atlassian/doubts';
import { createOrganization, type Organization } from '../../dev/atlassian/organization';
import { createManualClock, type ManualClock } from '../../dev/forge/clock';
import { kindDoubts as kindForge, type Doubts as ForgeDoubts } from '../../dev/forge/doubts';
import { installGlobals } from '../../dev/forge/globals';
import type { Delivery } from '../../dev/forge/queue';
import { startKeycloakDouble, type KeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm, type DoubleRealm, type DoubleUser } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import { keycloakAddress, openStage, type Stage } from '../../dev/stage';

export const secret = 'canary-client-secret';
export const apiKey = 'canary-organization-key';

export interface FlowOptions {
  readonly users?: number;
  readonly groups?: number;
  readonly settings?: Partial<ConnectorSettings>;
  readonly atlassian?: AtlassianDoubts;
  readonly forge?: ForgeDoubts;
  readonly delivery?: Partial<Delivery>;
  /** Outbound calls of one invocation of the consumer, fewer than the platform's: then a run takes several. */
  readonly consumerCalls?: number;
  /** What stands in the organization before the first sync. */
  readonly prepare?: (organization: Organization) => void;
}

/** The whole app on a clock that tests move, between a Keycloak double and an organization. */
export interface Flow {
  readonly stage: Stage;
  readonly clock: ManualClock;
  readonly keycloak: KeycloakDouble;
  readonly realm: DoubleRealm;
  readonly organization: Organization;
  /** Account id of the organization administrator in front of the page. */
  readonly admin: string;
  readonly connectorId: string;
  /** Calls a function of the page as the administrator; a refusal is thrown with its code. */
  readonly call: <Key extends FunctionKey>(key: Key, payload: Api[Key]['payload']) => Promise<Api[Key]['value']>;
  /** Starts a run and delivers events until nothing waits. */
  readonly run: (kind: 'simulate' | 'full') => Promise<Run>;
  /** Delivers events until nothing waits, with the five-minute trigger in between, until the run rests. */
  readonly settle: (runId: string) => Promise<Run>;
  readonly person: (username: RegExp | number) => DoubleUser;
  readonly save: (change: (settings: ConnectorSettings) => ConnectorSettings) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function openFlow(options: FlowOptions = {}): Promise<Flow> {
  installGlobals();
  // Loaded behind the globals: @forge/api keeps the fetch that it finds when it is loaded.
  const { createApp } = await import('../../src/app');
  const { bindHandlers } = await import('../../src/handlers/bind');
  const { readTimeLeft } = await import('../../src/forge/invocation');
  const clock = createManualClock();
  const sleep = async (ms: number) => clock.advance(ms);
  const now = () => clock.now();
  const app = createApp({ now, sleep, random: () => 0.5 });
  const { consumerCalls: calls } = options;
  const openConsumerBudget =
    calls === undefined ? app.openConsumerBudget : () => createBudget({ calls, timeLeft: readTimeLeft });
  const handlers = bindHandlers({ ...app, openConsumerBudget });
  const realm = doubleRealm(
    makeRealm({
      name: 'staff',
      users: options.users ?? 40,
      groups: options.groups ?? 6,
      membershipsPerUser: 2,
      secret,
    }),
  );
  const keycloak = await startKeycloakDouble({ realm, now });
  const organization = createOrganization({
    key: apiKey,
    verifiedDomains: ['example.com'],
    doubts: options.atlassian ?? kindDoubts,
    clock: now,
  });
  organization.addAccount({
    email: 'boss@example.com',
    name: 'Boss',
    platformRoles: ['atlassian/org-admin'],
    productAdmin: ['jira', 'confluence'],
  });
  options.prepare?.(organization);
  const stage = await openStage({
    // The handlers take more specific arguments than the platform promises; the manifest binds them by name.
    app: { handlers: handlers as Readonly<Record<string, (...args: unknown[]) => unknown>> },
    atlassian: { organization },
    keycloakUrl: keycloak.url,
    clock,
    doubts: options.forge ?? kindForge,
    ...(options.delivery === undefined ? {} : { delivery: options.delivery }),
  });
  stage.platform.egress.approve(keycloakAddress);
  const admin = organization.account('boss@example.com')?.id ?? '';

  const call: Flow['call'] = async (key, payload) => {
    const answer = await stage.call(key, payload, admin);
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  };
  await call('saveDirectory', { key: apiKey, orgId: organization.id, directoryId: organization.directoryId() });
  const settings: ConnectorSettings = {
    ...defaultSettings,
    name: 'Staff',
    keycloak: { url: keycloakAddress, realm: 'staff', clientId: 'user-group-sync' },
    users: {
      ...defaultSettings.users,
      emailDomains: ['example.com'],
      productAccess: [{ resource: organization.resource('jira'), role: 'atlassian/user' }],
    },
    limits: 'first-load',
    ...options.settings,
  };
  const { id: connectorId } = await call('saveConnector', { settings, clientSecret: secret });

  const settle: Flow['settle'] = async (runId) => {
    for (let tick = 0; tick < 30; tick += 1) {
      await stage.platform.drainQueue();
      const run = await call('getRun', { runId });
      if (['held', 'simulated', 'finished', 'failed', 'cancelled'].includes(run.state)) return run;
      clock.advance(5 * 60_000);
      await stage.platform.fireScheduledTrigger('every-five-minutes');
    }
    throw new Error('the run does not come to rest');
  };
  return {
    stage,
    clock,
    keycloak,
    realm,
    organization,
    admin,
    connectorId,
    call,
    settle,
    run: async (kind) => {
      const { runId } = await call('startRun', { connectorId, kind });
      return settle(runId);
    },
    person: (which) => {
      const people = realm.users.filter((user) => user.serviceAccountClientId === undefined);
      const found = typeof which === 'number' ? people[which] : people.find(({ username }) => which.test(username));
      if (found === undefined) throw new Error('no such person in the realm');
      return found;
    },
    save: async (change) => {
      const { settings: saved, revision } = await call('getConnector', { connectorId });
      await call('saveConnector', { connectorId, revision, settings: change(saved), confirmation: 'remove' });
    },
    stop: async () => {
      await stage.stop();
      await keycloak.stop();
    },
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { isOrganizationAdmin, readOrganizations } from './atlassian/organization/organizations';
import { openOrganization } from './atlassian/organization/open-organization';
import { probeDirectory } from './atlassian/organization/probes';
import { DirectoryError, SourceError } from './domain/errors';
import { listAttributes } from './domain/source-attributes';
import { connectorStore } from './forge/connector-store';
import { directorySettingsStore } from './forge/directory-settings-store';
import { forgeFetch } from './forge/fetch';
import { readTimeLeft } from './forge/invocation';
import { leaseStore } from './forge/lease-store';
import { linkStore } from './forge/link-store';
import { log } from './forge/log';
import { memoryStore } from './forge/memory-store';
import { isProductAdmin } from './forge/product-admin';
import { stepQueue } from './forge/queue';
import { runStore } from './forge/run-store';
import { secrets } from './forge/secrets';
import { settingsHistoryStore } from './forge/settings-history-store';
import { workStore } from './forge/work-store';
import type { AdminWorld } from './handlers/admin-world';
import { createHttpClient } from './http/client';
import type { HttpClient } from './http/http';
import { findLostGroups } from './keycloak/find-groups';
import { probeKeycloak } from './keycloak/probes';
import { openKeycloak } from './keycloak/source';
import { createBudget } from './sync/budget';
import type { Budget, World } from './sync/ports';

/** What time and chance are for the app. */
export interface Nature {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

const realNature: Nature = { now: Date.now, sleep: (ms) => setTimeout(ms), random: Math.random };

/** Outbound calls of one invocation: 100 for each begun minute of its time-out, which the manifest sets to 900 seconds for the consumer. */
const callsOfResolver = 100;
const callsOfConsumer = 1_500;

/** What the handlers open for each invocation. */
export function createApp(nature: Nature = realNature) {
  return {
    openWorld: () => openWorld(nature),
    openAdminWorld: () => openAdminWorld(nature),
    openConsumerBudget: () => createBudget({ calls: callsOfConsumer, timeLeft: readTimeLeft }),
  };
}

function openHttp({ now, sleep, random }: Nature, budget: Budget): HttpClient {
  const deadline = () => now() + budget.timeLeft();
  return createHttpClient({ fetch: forgeFetch, counter: budget, sleep, random, now, deadline });
}

/** The flow's world on Forge, for one invocation. */
function openWorld(nature: Nature): World {
  const { now, sleep } = nature;
  return {
    now,
    newId: randomUUID,
    runs: runStore,
    work: workStore,
    links: linkStore,
    memory: memoryStore,
    leases: leaseStore,
    queue: stepQueue,
    connectors: connectorStore,
    log,
    openSource: async (connector, settings, budget, extent) => {
      const secret = await secrets.loadClientSecret(connector.id, settings.keycloak);
      if (secret === undefined) {
        throw new SourceError(
          'wrong-client-or-secret',
          'The client secret is missing, or was entered for another server, realm or client than this run reads: enter it, test the connection and start again.',
          'stop',
        );
      }
      // A base address found for other settings is no help.
      const sameServer = settings.keycloak.url === connector.settings.keycloak.url;
      const baseUrl = sameServer ? connector.baseUrl : undefined;
      return openKeycloak({
        settings: settings.keycloak,
        ...(baseUrl === undefined ? {} : { baseUrl }),
        attributes: listAttributes(settings),
        ...(extent === 'in-scope' ? { scope: settings.scope } : {}),
        secret,
        http: openHttp(nature, budget),
        budget,
        now,
        sleep,
      });
    },
    hasDirectory: async () =>
      (await directorySettingsStore.load()) !== undefined && (await secrets.loadApiKey()) !== undefined,
    openDirectory: async (budget) => {
      const [settings, key] = await Promise.all([directorySettingsStore.load(), secrets.loadApiKey()]);
      if (settings === undefined || key === undefined) {
        throw new DirectoryError(
          'not-configured',
          'The Atlassian directory is not set up: enter an API key and choose the directory.',
          'stop',
        );
      }
      const ref = { orgId: settings.orgId, directoryId: settings.directoryId };
      return openOrganization({ ref, key, http: openHttp(nature, budget), budget, now, sleep });
    },
  };
}

/** What the page's functions work with, for one invocation of the resolver. */
function openAdminWorld(nature: Nature): AdminWorld {
  const { now, sleep } = nature;
  const budget = createBudget({ calls: callsOfResolver, timeLeft: readTimeLeft });
  const http = openHttp(nature, budget);
  return {
    world: openWorld(nature),
    connectors: connectorStore,
    secrets,
    directorySettings: directorySettingsStore,
    settingsHistory: settingsHistoryStore,
    isProductAdmin,
    isOrganizationAdmin: (accountId, key, orgId) => isOrganizationAdmin(http, key, orgId, accountId).catch(() => false),
    probeKeycloak: ({ settings }, secret) =>
      probeKeycloak({ settings: settings.keycloak, secret, http, budget, now, sleep }),
    timeLeft: () => budget.timeLeft(),
    findLostGroups: ({ settings, baseUrl }, secret, ids) => {
      const address = baseUrl === undefined ? {} : { baseUrl };
      return findLostGroups({ settings: settings.keycloak, ...address, secret, http, budget, now, sleep }, ids);
    },
    probeDirectory: async ({ orgId, directoryId, keyExpiresOn }, key) => {
      const ref = { orgId, directoryId };
      const { probes } = await probeDirectory({
        ref,
        key,
        http,
        now: now(),
        ...(keyExpiresOn === undefined ? {} : { keyExpiresOn }),
      });
      return probes;
    },
    readOrganizations: (key) => readOrganizations(http, key),
  };
}

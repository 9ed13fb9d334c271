import * as v from 'valibot';
import type { ConnectorSummary, ConnectorView } from '../api';
import { defaultSettings, type Connector } from '../domain/connector';
import { SettingsError } from '../domain/errors';
import { connectorId, type ConnectorId } from '../domain/identity';
import { isEnded } from '../domain/run';
import { nextTimes, describeSchedule, parseSchedule } from '../domain/schedule';
import { Secret } from '../domain/secret';
import type { AdminWorld } from './admin-world';
import { NotFound, type FunctionTable } from './function-table';
import { id, nothing, secretText, settings, text } from './payloads';

export const connectorFunctions: FunctionTable<
  | 'listConnectors'
  | 'getConnector'
  | 'getDefaults'
  | 'saveConnector'
  | 'deleteConnector'
  | 'testConnector'
  | 'previewSchedule'
> = {
  listConnectors: {
    needs: 'product administrator',
    payload: nothing,
    run: async (admin) => {
      const connectors = await admin.connectors.list();
      return Promise.all(connectors.map((connector) => summarize(admin, connector)));
    },
  },
  getConnector: {
    needs: 'product administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => view(admin, await loadConnector(admin, payload.connectorId)),
  },
  getDefaults: {
    needs: 'product administrator',
    payload: nothing,
    run: () => Promise.resolve(defaultSettings),
  },
  saveConnector: {
    needs: 'organization administrator',
    payload: v.object({
      connectorId: v.optional(id),
      revision: v.optional(v.pipe(v.number(), v.integer())),
      settings,
      clientSecret: v.optional(secretText),
    }),
    run: async (admin, payload, caller) => {
      const saved =
        payload.connectorId === undefined
          ? await createConnector(admin, payload.settings, caller.accountId)
          : await replaceConnector(admin, await loadConnector(admin, payload.connectorId), payload, caller.accountId);
      if (payload.clientSecret !== undefined) {
        await admin.secrets.saveClientSecret(saved.id, new Secret(payload.clientSecret));
      }
      return view(admin, saved);
    },
  },
  deleteConnector: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const open = await admin.world.runs.listOpen();
      if (open.some((run) => run.connectorId === connector.id && run.state !== 'held' && run.kind !== 'survey')) {
        throw new SettingsError('', 'A run of this connector is in progress: cancel it, then delete the connector.');
      }
      await admin.connectors.delete(connector.id);
      return null;
    },
  },
  testConnector: {
    needs: 'organization administrator',
    payload: v.object({ connectorId: id }),
    run: async (admin, payload) => {
      const connector = await loadConnector(admin, payload.connectorId);
      const secret = await admin.secrets.loadClientSecret(connector.id);
      if (secret === undefined) throw new SettingsError('clientSecret', 'Enter the client secret, then test again.');
      const { probes, baseUrl } = await admin.probeKeycloak(connector, secret);
      if (baseUrl !== undefined && baseUrl !== connector.baseUrl) {
        await admin.connectors.save({ ...connector, revision: connector.revision + 1, baseUrl });
      }
      return probes;
    },
  },
  previewSchedule: {
    needs: 'product administrator',
    payload: v.object({ cron: text(200), timeZone: text(100) }),
    run: (admin, payload) => {
      const schedule = { enabled: true, ...payload };
      parseSchedule(payload.cron, payload.timeZone);
      return Promise.resolve({ times: nextTimes(schedule, admin.world.now(), 5), words: describeSchedule(schedule) });
    },
  },
};

/** @throws NotFound */
export async function loadConnector(admin: AdminWorld, given: string): Promise<Connector> {
  const connector = await admin.connectors.load(connectorId(given));
  if (connector === undefined) throw new NotFound('This connector does not exist any more: reload the page.');
  return connector;
}

async function createConnector(admin: AdminWorld, values: Connector['settings'], by: string): Promise<Connector> {
  const now = admin.world.now();
  const connector: Connector = {
    id: connectorId(admin.world.newId()),
    revision: 1,
    settings: values,
    createdAt: now,
    savedAt: now,
    savedBy: by,
  };
  await admin.connectors.create(connector);
  return connector;
}

async function replaceConnector(
  admin: AdminWorld,
  before: Connector,
  payload: { readonly revision?: number; readonly settings: Connector['settings'] },
  by: string,
): Promise<Connector> {
  if (payload.revision !== before.revision) throw changedMeanwhile();
  const { baseUrl, ...rest } = before;
  const sameServer = before.settings.keycloak.url === payload.settings.keycloak.url;
  const connector: Connector = {
    ...rest,
    ...(sameServer && baseUrl !== undefined ? { baseUrl } : {}),
    revision: before.revision + 1,
    settings: payload.settings,
    savedAt: admin.world.now(),
    savedBy: by,
  };
  if (!(await admin.connectors.save(connector))) throw changedMeanwhile();
  return connector;
}

function changedMeanwhile(): SettingsError {
  return new SettingsError('', 'Somebody else saved this connector meanwhile: reload it and make your change again.');
}

async function view(admin: AdminWorld, connector: Connector): Promise<ConnectorView> {
  const { id: own, revision, settings: values, baseUrl, savedAt } = connector;
  const hasSecret = (await admin.secrets.loadClientSecret(own)) !== undefined;
  return { id: own, revision, settings: values, hasSecret, ...(baseUrl === undefined ? {} : { baseUrl }), savedAt };
}

async function summarize(admin: AdminWorld, connector: Connector): Promise<ConnectorSummary> {
  const { name, keycloak, schedule } = connector.settings;
  const runs = await admin.world.runs.list(5, connector.id);
  const openRun = runs.find((run) => !isEnded(run.state));
  const lastRun = runs.find((run) => isEnded(run.state));
  const [nextRunAt] = schedule.enabled ? nextTimes(schedule, admin.world.now(), 1) : [];
  return {
    id: connector.id,
    name,
    realm: keycloak.realm,
    host: hostOf(keycloak.url),
    missing: await listMissing(admin, connector.id, connector),
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(openRun === undefined ? {} : { openRun }),
    ...(nextRunAt === undefined ? {} : { nextRunAt }),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

async function listMissing(admin: AdminWorld, own: ConnectorId, connector: Connector): Promise<readonly string[]> {
  const secret = await admin.secrets.loadClientSecret(own);
  const directory = await admin.directorySettings.load();
  return [
    ...(secret === undefined ? ['The client secret is missing.'] : []),
    ...(directory === undefined ? ['The Atlassian directory is not set up.'] : []),
    ...(connector.settings.users.emailDomains.length === 0
      ? ['No e-mail domain is chosen: nobody is invited or adopted.']
      : []),
  ];
}

import type { ConnectorSummary, ConnectorView } from '../api';
import type { Connector } from '../domain/connector';
import { connectorId } from '../domain/identity';
import { isEnded } from '../domain/run';
import { nextTimes } from '../domain/schedule';
import type { AdminWorld } from './admin-world';
import { NotFound } from './function-table';

/** @throws NotFound */
export async function loadConnector(admin: AdminWorld, given: string): Promise<Connector> {
  const connector = await admin.connectors.load(connectorId(given));
  if (connector === undefined) throw new NotFound('This connector does not exist any more: reload the page.');
  return connector;
}

/** A connector as its editor sees it. */
export async function viewConnector(admin: AdminWorld, connector: Connector): Promise<ConnectorView> {
  const { id, revision, settings, baseUrl, savedAt } = connector;
  const hasSecret = (await admin.secrets.loadClientSecret(id, settings.keycloak)) !== undefined;
  return { id, revision, settings, hasSecret, ...(baseUrl === undefined ? {} : { baseUrl }), savedAt };
}

/** A connector as a row of the list. */
export async function summarizeConnector(admin: AdminWorld, connector: Connector): Promise<ConnectorSummary> {
  const { name, keycloak, schedule, enabled } = connector.settings;
  const runs = await admin.world.runs.list(5, connector.id);
  const openRun = runs.find((run) => !isEnded(run.state));
  const lastRun = runs.find((run) => isEnded(run.state));
  const [nextRunAt] = enabled && schedule.enabled ? nextTimes(schedule, admin.world.now(), 1) : [];
  return {
    id: connector.id,
    name,
    realm: keycloak.realm,
    host: hostOf(keycloak.url),
    enabled,
    missing: await listMissing(admin, connector),
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(openRun === undefined ? {} : { openRun }),
    ...(nextRunAt === undefined ? {} : { nextRunAt }),
    ...(connector.pausedBecause === undefined ? {} : { pausedBecause: connector.pausedBecause }),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

async function listMissing(admin: AdminWorld, connector: Connector): Promise<readonly string[]> {
  const secret = await admin.secrets.loadClientSecret(connector.id, connector.settings.keycloak);
  const directory = await admin.directorySettings.load();
  return [
    ...(secret === undefined ? ['The client secret is missing.'] : []),
    ...(directory === undefined ? ['The Atlassian directory is not set up.'] : []),
    ...(connector.settings.users.emailDomains.length === 0
      ? ['No e-mail domain is chosen: nobody is invited or adopted.']
      : []),
  ];
}

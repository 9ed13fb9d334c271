import { identifyClient } from '../domain/client-identity';
import { checkConfirmed } from '../domain/confirm-remove';
import type { Connector, ConnectorSettings } from '../domain/connector';
import { SettingsError, StorageFault } from '../domain/errors';
import { connectorId } from '../domain/identity';
import { Secret } from '../domain/secret';
import { recordSettings } from '../domain/settings-history';
import type { AdminWorld } from './admin-world';

/** What an administrator saves. */
export interface ConnectorEdit {
  readonly settings: ConnectorSettings;
  /** Replaces the stored client secret; left out, the stored one stays, for the server and client that it was entered for. */
  readonly clientSecret?: string;
  /** The word `remove`, typed, where the cleanup becomes *remove*. */
  readonly confirmation?: string;
  /** How the save came about, a sentence for the history. */
  readonly note?: string;
}

/** Keeps a new connector, whole or not at all. */
export async function createConnector(admin: AdminWorld, edit: ConnectorEdit, by: string): Promise<Connector> {
  checkConfirmed(undefined, edit.settings, edit.confirmation);
  const now = admin.world.now();
  const id = connectorId(admin.world.newId());
  const connector: Connector = {
    id,
    revision: 1,
    settings: edit.settings,
    createdAt: now,
    savedAt: now,
    savedBy: by,
  };
  // First, so that a fault leaves no connector that looks finished.
  if (edit.clientSecret !== undefined)
    await admin.secrets.saveClientSecret(id, edit.settings.keycloak, new Secret(edit.clientSecret));
  try {
    await admin.connectors.create(connector);
  } catch (error) {
    await Promise.allSettled([admin.secrets.deleteClientSecret(id), admin.connectors.delete(id)]);
    throw error;
  }
  await keepInHistory(admin, undefined, connector, edit.note ?? 'Created.');
  return connector;
}

/**
 * Replaces the settings that were edited in `revision`, and the secret with them. Of two who save at once one is refused before
 * any secret is touched.
 */
export async function replaceConnector(
  admin: AdminWorld,
  before: Connector,
  edit: ConnectorEdit & { readonly revision?: number },
  by: string,
): Promise<Connector> {
  if (!showsSettings(before, edit.revision)) throw changedMeanwhile();
  checkConfirmed(before.settings, edit.settings, edit.confirmation);
  if (edit.clientSecret === undefined) await refuseOtherClient(admin, before, edit.settings);
  const connector = editConnector(admin, before, edit.settings, by);
  if (!(await admin.connectors.save(connector))) throw changedMeanwhile();
  if (edit.clientSecret === undefined) {
    await keepInHistory(admin, before, connector, edit.note);
    return connector;
  }
  try {
    await admin.secrets.saveClientSecret(connector.id, connector.settings.keycloak, new Secret(edit.clientSecret));
  } catch (error) {
    // New settings must not stay with the old secret: it may belong to another server.
    const undo = { ...before, revision: connector.revision + 1, settingsSince: firstRevision(before) };
    const undone = await admin.connectors.save(undo).catch(() => false);
    const message = undone
      ? 'The client secret could not be stored, so nothing was saved: try again.'
      : 'The settings are saved, but the client secret is not: reload the page and enter it again.';
    throw new StorageFault(message, { cause: error });
  }
  const replaced = 'The client secret was replaced.';
  await keepInHistory(admin, before, connector, edit.note === undefined ? replaced : `${edit.note} ${replaced}`);
  return connector;
}

/** The settings are saved already: a history that cannot be written is told in the log, and made up for with the next save. */
async function keepInHistory(
  admin: AdminWorld,
  before: Connector | undefined,
  after: Connector,
  note: string | undefined,
): Promise<void> {
  try {
    await admin.settingsHistory.change(after.id, (history) => recordSettings(history, before, after, note));
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    admin.world.log.error('a save is missing from the history', { connector: after.id, error: name });
  }
}

/** A stored secret goes to nobody but the client that it was entered for. */
async function refuseOtherClient(
  admin: AdminWorld,
  { id, settings }: Connector,
  next: ConnectorSettings,
): Promise<void> {
  if (identifyClient(settings.keycloak) === identifyClient(next.keycloak)) return;
  if ((await admin.secrets.loadClientSecret(id, settings.keycloak)) === undefined) return;
  throw new SettingsError(
    'clientSecret',
    'The server, realm or client is another one now: enter the client secret again.',
  );
}

/** The connector with other settings; the base address stays while it is the one of the same server. */
export function editConnector(
  admin: AdminWorld,
  before: Connector,
  settings: ConnectorSettings,
  by: string,
): Connector {
  const { id, createdAt, baseUrl } = before;
  const sameServer = before.settings.keycloak.url === settings.keycloak.url;
  return {
    id,
    revision: before.revision + 1,
    settings,
    ...(sameServer && baseUrl !== undefined ? { baseUrl } : {}),
    createdAt,
    savedAt: admin.world.now(),
    savedBy: by,
  };
}

/** The connector with the base address that a test found: a new revision, but no edit that anybody could overwrite. */
export function keepBaseUrl(before: Connector, baseUrl: string): Connector {
  return { ...before, revision: before.revision + 1, settingsSince: firstRevision(before), baseUrl };
}

const firstRevision = ({ settingsSince, revision }: Connector): number => settingsSince ?? revision;

/** Whether whoever edited this revision saw the settings as they are. */
function showsSettings(connector: Connector, revision: number | undefined): boolean {
  return revision !== undefined && revision >= firstRevision(connector) && revision <= connector.revision;
}

function changedMeanwhile(): SettingsError {
  return new SettingsError('', 'Somebody else saved this connector meanwhile: reload it and make your change again.');
}
